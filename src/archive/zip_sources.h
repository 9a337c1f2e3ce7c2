#pragma once

#include <zip.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace svi_lda {

// How a member is stored: as it is, or deflated, slowly and well or fast.
enum class Packing { kStored, kDeflated, kDeflatedFast };

// One member of an archive to be written: `header`, then `payload_bytes` that produce(i, out)
// writes chunk by chunk in order, each but the last of `chunk_bytes` (>= 1). Only one chunk is in
// memory at a time.
class ZipMember {
 public:
  using Produce = std::function<void(std::uint64_t, std::span<char>)>;
  ZipMember(std::string name, Packing packing, std::string header, std::uint64_t payload_bytes,
            std::uint64_t chunk_bytes, Produce produce);

  const std::string& name() const { return name_; }
  Packing packing() const { return packing_; }
  // What `produce` threw, for it may not pass through libzip.
  const std::exception_ptr& failure() const { return failure_; }

  // The callback for zip_source_function; `user` is the ZipMember, which outlives the source.
  static zip_int64_t source(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command);

 private:
  std::size_t read(std::span<char> out);

  std::string name_;
  Packing packing_;
  std::string header_;
  std::uint64_t payload_bytes_;
  std::uint64_t chunk_bytes_;
  Produce produce_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;  // of buffer_
  std::uint64_t produced_ = 0;
  std::exception_ptr failure_;
};

// A new archive, written to an open file. In place of libzip's own destination, which writes a
// temporary of a name of its choice and does not say why a write failed.
class ZipDestination {
 public:
  explicit ZipDestination(int fd) : fd_(fd), write_back_(fd) {}
  int failure() const { return failure_; }  // errno of the first failed write, or 0

  // The callback for zip_source_function_create; `user` is the ZipDestination.
  static zip_int64_t source(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command);

 private:
  // libzip writes 8 KiB at a time, and goes back to what a member's header could not know before.
  static constexpr std::size_t kBlock = std::size_t{256} * 1024;

  zip_int64_t write(std::string_view bytes);
  bool flush();

  int fd_;
  zip_int64_t offset_ = 0;
  zip_int64_t size_ = 0;
  std::string pending_;  // bytes that belong before offset_, unless it was moved since
  zip_int64_t pending_end_ = 0;
  WriteBack write_back_;
  int failure_ = 0;
};

}  // namespace svi_lda

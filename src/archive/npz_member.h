#pragma once

#include <zip.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "archive/npy_header.h"

namespace svi_lda {

// The archive that a member is of, for bounds and messages.
struct NpzArchive {
  const std::string& path;  // both outlive the member
  const std::string& hint;  // what to do where it is damaged
  std::uint64_t file_bytes;
};

// A member being read front to back. Its size is checked against the file's before anything is
// allocated for it; its CRC when close() reads the end. Several of one archive may be read in
// turns. Fails: kInput naming archive and member, kIo where reading fails.
class NpzMember {
 public:
  NpzMember(NpzArchive archive, zip_t* zip, std::string name);

  std::uint64_t left() const { return left_; }  // bytes not yet read
  void read(void* out, std::uint64_t bytes);
  // All has been read and the CRC is right.
  void close();

  // The .npy header; what follows is exactly shape x item bytes.
  NpyHeader header();
  // Number of items of a vector (or 1 of a scalar) of `descr`, each of `item_bytes`.
  std::uint64_t expect(const NpyHeader& header, std::string_view descr, std::uint64_t item_bytes,
                       std::size_t axes);

  [[noreturn]] void fail(const std::string& problem) const;

 private:
  [[noreturn]] void fail_reading();

  NpzArchive archive_;
  std::string name_;
  std::uint64_t left_ = 0;
  std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file_{nullptr, &zip_fclose};
};

}  // namespace svi_lda

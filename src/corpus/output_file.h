#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace svi_lda {

// A file that is written front to back through a buffer. Errors kIo name `path`.
class OutputFile {
 public:
  // Creates or replaces `path`.
  static OutputFile create(const std::string& path);
  // A file beside `path` that has no name any more: it is gone however the program ends.
  static OutputFile unnamed(const std::string& path);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;

  // The place of the next n bytes, for the caller to write them.
  char* append(std::size_t n);
  void write(const void* data, std::size_t n);
  std::uint64_t size() const { return written_ + used_; }
  void flush();
  void sync();
  void overwrite_front(const void* data, std::size_t n);

  // Goes back to the beginning, to read; nothing is written afterwards.
  void rewind();
  // The next n bytes at most; how many, 0 only at the end.
  std::size_t read(char* out, std::size_t n);
  // Hands over all of this file, piece by piece.
  void read_back(const std::function<void(std::string_view)>& take);

 private:
  OutputFile(int fd, std::string path);
  void write_through(const char* data, std::size_t n);
  [[noreturn]] void fail(const char* what) const;

  int fd_;
  std::string path_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;  // of buffer_
  std::uint64_t written_ = 0;
  WriteBack write_back_;
};

}  // namespace svi_lda

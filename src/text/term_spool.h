#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "corpus/document.h"

namespace svi_lda {

// Documents between the two passes of vectorizing, in a file without a name that is gone however
// the program ends: written front to back, then read back once in the same order. Some 2 bytes an
// entry.
class TermSpool {
 public:
  // A file beside `path`. Fails: Error kIo.
  explicit TermSpool(const std::string& path);
  ~TermSpool();
  TermSpool(const TermSpool&) = delete;
  TermSpool& operator=(const TermSpool&) = delete;

  // `row`: what else belongs to the document. Fails: Error kIo (a full disk).
  void add(std::string_view row, DocumentView document);
  // From here on next() reads what was added.
  void rewind();
  // False at the end. Fails: Error kIo.
  bool next(std::string& row, Document& document);

 private:
  void put(std::uint32_t number);
  std::uint32_t get();
  void flush();
  bool fill();
  [[noreturn]] void fail(const char* action, int errnum) const;

  std::string path_;
  int fd_;
  WriteBack write_back_;
  std::string buffer_;
  std::size_t at_ = 0;  // in buffer_, while reading
  std::uint64_t written_ = 0;
  std::uint64_t left_ = 0;  // documents
};

}  // namespace svi_lda

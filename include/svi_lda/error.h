#pragma once

#include <cstdint>
#include <exception>
#include <string>

namespace svi_lda {

// What went wrong, as far as the caller must tell it apart.
enum class ErrorKind {
  kUsage,    // an option or a combination of options is wrong (exit 2)
  kInput,    // a file's content is wrong (exit 1)
  kIo,       // a file cannot be read or written, a disk is full (exit 1)
  kMemory,   // the run would not fit into the memory allowed (exit 1)
  kNumeric,  // a non-finite value appeared (exit 1)
  kStopped,  // a signal asked the run to stop before there was anything to keep
};

// The only exception that the library throws on purpose. what() is one line:
//   path:line: what is wrong; what to do
// with path, line and hint left out where they are empty or 0.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string problem, std::string hint = {});
  Error(ErrorKind kind, std::string path, std::uint64_t line, std::string problem,
        std::string hint = {});

  ErrorKind kind() const noexcept { return kind_; }
  const std::string& path() const noexcept { return path_; }
  std::uint64_t line() const noexcept { return line_; }  // 1-based; 0 = no line
  const std::string& problem() const noexcept { return problem_; }
  const std::string& hint() const noexcept { return hint_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  ErrorKind kind_;
  std::string path_;
  std::uint64_t line_ = 0;
  std::string problem_;
  std::string hint_;
  std::string text_;
};

}  // namespace svi_lda

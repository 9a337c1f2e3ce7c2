#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace svi_lda::testing {

// While it lives, standard input is the file at `path`, from its beginning.
class StandardInput {
 public:
  explicit StandardInput(const std::string& path) : kept_(dup(STDIN_FILENO)) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 || dup2(file, STDIN_FILENO) < 0) throw std::runtime_error("cannot read " + path);
    close(file);
  }
  ~StandardInput() {
    if (kept_ >= 0) dup2(kept_, STDIN_FILENO);
    close(kept_ >= 0 ? kept_ : STDIN_FILENO);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  int kept_;
};

}  // namespace svi_lda::testing

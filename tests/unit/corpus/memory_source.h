#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "corpus/byte_source.h"

namespace svi_lda {

// Bytes in memory, handed out at most `step` at a time, as a pipe may do.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes, std::size_t step = std::string::npos)
      : bytes_(std::move(bytes)), step_(step) {}

  std::size_t read(char* out, std::size_t n) override {
    const std::size_t got = bytes_.copy(out, std::min(n, step_), at_);
    at_ += got;
    return got;
  }

 private:
  std::string bytes_;
  std::size_t step_;
  std::size_t at_ = 0;
};

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "archive/npy_header.h"

namespace svi_lda {

// Hands over the numbers of a .npy array of two axes, whose data come in blocks, as float64.
class NpyMatrix {
 public:
  // Bytes of a number of type `descr` ("<f4"), 0 where it is none that is read here: little-endian
  // floats of 4 and 8 bytes and integers of 1 to 8.
  static std::size_t item_bytes(std::string_view descr);

  using Take = std::function<void(std::uint64_t row, std::uint64_t column, double value)>;
  // `header` has two axes and a type that is read.
  NpyMatrix(const NpyHeader& header, Take take);

  // The next bytes of the data, whole numbers.
  void add(const char* data, std::size_t bytes);

 private:
  template <typename T>
  void add_as(const char* data, std::size_t bytes);

  NpyHeader header_;
  Take take_;
  std::uint64_t next_ = 0;
};

}  // namespace svi_lda

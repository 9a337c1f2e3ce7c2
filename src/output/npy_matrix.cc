#include "output/npy_matrix.h"

#include <cstring>
#include <utility>

namespace svi_lda {

std::size_t NpyMatrix::item_bytes(std::string_view descr) {
  for (const std::string_view known :
       {"<f4", "<f8", "<i2", "<i4", "<i8", "<u2", "<u4", "<u8", "|i1", "|u1"}) {
    if (descr == known) return static_cast<std::size_t>(descr[2] - '0');
  }
  return 0;
}

NpyMatrix::NpyMatrix(const NpyHeader& header, Take take)
    : header_(header), take_(std::move(take)) {}

template <typename T>
void NpyMatrix::add_as(const char* data, std::size_t bytes) {
  for (std::size_t at = 0; at + sizeof(T) <= bytes; at += sizeof(T), ++next_) {
    T value;
    std::memcpy(&value, data + at, sizeof(T));
    const std::uint64_t inner = header_.shape[header_.fortran_order ? 0 : 1];
    const std::uint64_t outer_index = next_ / inner;
    const std::uint64_t inner_index = next_ % inner;
    take_(header_.fortran_order ? inner_index : outer_index,
          header_.fortran_order ? outer_index : inner_index, static_cast<double>(value));
  }
}

void NpyMatrix::add(const char* data, std::size_t bytes) {
  const std::string& type = header_.descr;
  if (type == "<f4") add_as<float>(data, bytes);
  if (type == "<f8") add_as<double>(data, bytes);
  if (type == "|i1") add_as<std::int8_t>(data, bytes);
  if (type == "<i2") add_as<std::int16_t>(data, bytes);
  if (type == "<i4") add_as<std::int32_t>(data, bytes);
  if (type == "<i8") add_as<std::int64_t>(data, bytes);
  if (type == "|u1") add_as<std::uint8_t>(data, bytes);
  if (type == "<u2") add_as<std::uint16_t>(data, bytes);
  if (type == "<u4") add_as<std::uint32_t>(data, bytes);
  if (type == "<u8") add_as<std::uint64_t>(data, bytes);
}

}  // namespace svi_lda

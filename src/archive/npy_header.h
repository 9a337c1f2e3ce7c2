#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace svi_lda {

// What a .npy file says of its array. Format: NumPy's numpy.lib.format, versions 1.0 and 2.0.
struct NpyHeader {
  std::string descr;  // "<f4", "<f8", "<u2", "<u8", "<U12"
  bool fortran_order = false;
  std::vector<std::uint64_t> shape;  // empty: a scalar
};

// The bytes before the data, byte for byte those that numpy.save (1.24) writes: version 1.0, padded
// so that the data start at a multiple of 64.
std::string format_npy_header(const NpyHeader& header);

// Magic, version and the length of the length field: what must be read to know the rest.
inline constexpr std::size_t kNpyPreambleBytes = 8;
// Bytes of the little-endian dictionary length after a valid preamble (2 or 4), else nothing.
std::optional<std::size_t> npy_length_bytes(std::string_view preamble);
// Reads the dictionary {'descr': ..., 'fortran_order': ..., 'shape': ...}: these three keys, each
// once, in any order and spacing. Nothing where it is malformed.
std::optional<NpyHeader> parse_npy_dictionary(std::string_view text);

// Product of `shape` times `item_bytes`; nothing where it does not fit into 64 bits.
std::optional<std::uint64_t> npy_data_bytes(const std::vector<std::uint64_t>& shape,
                                            std::uint64_t item_bytes);

}  // namespace svi_lda

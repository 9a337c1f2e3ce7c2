#pragma once

#include <cstddef>
#include <string_view>

namespace svi_lda {

// What stands at the front of a text.
struct Utf8Sequence {
  std::size_t bytes;  // at least 1
  bool valid;         // else a maximal subpart (Unicode 15, section 3.9) of no sequence
};

// The front of `text`, which is not empty (Unicode 15, table 3-7): overlong forms, surrogates and
// what lies beyond U+10FFFF are no sequences.
inline Utf8Sequence next_sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xc2 || lead > 0xf4) return {1, false};
  const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < low || byte(1) > high) return {1, false};
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return {i, false};
  }
  return {length, true};
}

// Bytes of `text` that belong to no sequence; one that the end of `text` may have cut is none.
inline std::size_t invalid_utf8_bytes(std::string_view text) {
  std::size_t invalid = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Utf8Sequence sequence = next_sequence(text.substr(i));
    if (!sequence.valid && text.size() - i >= 4) invalid += sequence.bytes;
    i += sequence.bytes;
  }
  return invalid;
}

}  // namespace svi_lda

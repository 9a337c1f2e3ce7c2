#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace svi_lda {

// How many bytes at the front of `text` are ASCII.
std::size_t ascii_prefix(std::string_view text);

// Puts U+FFFD in the place of what is not UTF-8, one for each maximal subpart (Unicode 15, section
// 3.9). Returns how many bytes were replaced; 0 leaves `text` as it is.
std::size_t repair_utf8(std::string& text);

}  // namespace svi_lda

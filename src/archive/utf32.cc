#include "archive/utf32.h"

#include <cstddef>

namespace svi_lda {
namespace {

bool is_scalar_value(char32_t c) { return c != 0 && c < 0x110000 && (c < 0xd800 || c > 0xdfff); }

}  // namespace

bool append_utf32(std::string_view utf8, std::u32string& out) {
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i++]);
    std::size_t trail = 0;
    char32_t smallest = 1;
    char32_t c = lead;
    if (lead >= 0xf0 && lead < 0xf8) {
      trail = 3, smallest = 0x10000, c = lead & 0x07u;
    } else if (lead >= 0xe0 && lead < 0xf0) {
      trail = 2, smallest = 0x800, c = lead & 0x0fu;
    } else if (lead >= 0xc0 && lead < 0xe0) {
      trail = 1, smallest = 0x80, c = lead & 0x1fu;
    } else if (lead >= 0x80) {
      return false;
    }
    for (; trail > 0; --trail, ++i) {
      if (i == utf8.size() || (static_cast<unsigned char>(utf8[i]) & 0xc0u) != 0x80) return false;
      c = (c << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3fu);
    }
    if (c < smallest || !is_scalar_value(c)) return false;
    out += c;
  }
  return true;
}

bool append_utf8(std::u32string_view code_points, std::string& out) {
  for (const char32_t c : code_points) {
    if (!is_scalar_value(c)) return false;
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    const int trail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    const unsigned lead = trail == 1 ? 0xc0u : trail == 2 ? 0xe0u : 0xf0u;
    out += static_cast<char>(lead | (c >> (6 * trail)));
    for (int i = trail - 1; i >= 0; --i) out += static_cast<char>(0x80u | ((c >> (6 * i)) & 0x3fu));
  }
  return true;
}

}  // namespace svi_lda

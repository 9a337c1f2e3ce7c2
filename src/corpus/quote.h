#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace svi_lda {

// A piece of input for an error message: in single quotes, shortened, with every byte that is not
// printable ASCII as \xNN, so that a message is one line of text whatever the file holds.
inline std::string quote(std::string_view text) {
  constexpr std::size_t kShown = 32;
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "'";
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      out += c;
    } else {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  if (text.size() > kShown) out += "...";
  out += "'";
  return out;
}

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <string_view>

namespace svi_lda {

constexpr char to_lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Cuts `text` at its white space (blank, tab, line ends) and hands each stretch that is all ASCII
// to ascii(stretch); the others go to other(stretch), together with their neighbours of that kind
// and the white space between them. All in their order.
template <typename Ascii, typename Other>
void for_ascii_stretches(std::string_view text, const Ascii& ascii, const Other& other) {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
  std::size_t pending = kNone;  // where the stretches that are to go to other() begin
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    unsigned char bits = 0;
    for (; i < text.size() && !is_space(text[i]); ++i) bits |= static_cast<unsigned char>(text[i]);
    if (bits >= 0x80) {
      if (pending == kNone) pending = begin;
      continue;
    }
    if (pending != kNone) other(text.substr(pending, begin - pending));
    pending = kNone;
    ascii(text.substr(begin, i - begin));
  }
  if (pending != kNone) other(text.substr(pending));
}

}  // namespace svi_lda

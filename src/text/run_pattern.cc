#include "text/run_pattern.h"

#include <algorithm>
#include <charconv>

namespace svi_lda {
namespace {

using Class = std::array<bool, 128>;

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void add_range(char first, char last, Class& members) {
  for (char c = first; c <= last; ++c) members[static_cast<unsigned char>(c)] = true;
}

Class word_characters() {
  Class members{};
  add_range('0', '9', members);
  add_range('a', 'z', members);
  add_range('A', 'Z', members);
  members['_'] = true;
  return members;
}

// [a-z0-9_'] and the like: letters, digits, _ and ', and ranges of letters and digits.
std::optional<Class> take_set(std::string_view& text) {
  Class members{};
  while (!text.empty() && !text.starts_with("]")) {
    const char first = text.front();
    if (!is_alphanumeric(first) && first != '_' && first != '\'') return std::nullopt;
    text.remove_prefix(1);
    char last = first;
    if (text.starts_with("-")) {
      if (text.size() < 2 || !is_alphanumeric(first) || !is_alphanumeric(text[1]) ||
          text[1] < first) {
        return std::nullopt;
      }
      last = text[1];
      text.remove_prefix(2);
    }
    add_range(first, last, members);
  }
  if (!take(text, "]") || members == Class{}) return std::nullopt;
  return members;
}

std::optional<Class> take_class(std::string_view& text) {
  if (take(text, "\\w")) return word_characters();
  if (take(text, "[")) return take_set(text);
  return std::nullopt;
}

// How often, at least; `open` where there is no upper limit.
std::optional<std::size_t> take_quantifier(std::string_view& text, bool& open) {
  if (take(text, "+")) {
    open = true;
    return 1;
  }
  if (!take(text, "{")) return 1;
  std::size_t least = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), least);
  if (error != std::errc{} || least < 1 || least > 1000) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!take(text, ",}")) return std::nullopt;
  open = true;
  return least;
}

}  // namespace

std::optional<RunPattern> parse_run_pattern(std::string_view text) {
  const bool from_boundary = take(text, "\\b");
  std::optional<Class> members;
  RunPattern pattern{{}, 0};
  bool open = false;
  while (!text.empty() && text != "\\b") {
    const std::optional<Class> next = take_class(text);
    if (!next || (members && *members != *next)) return std::nullopt;
    members = next;
    const std::optional<std::size_t> least = take_quantifier(text, open);
    if (!least) return std::nullopt;
    pattern.least += *least;
  }
  if (!members || !open) return std::nullopt;
  // Where a run of other characters ends is no boundary of a word.
  if ((from_boundary || !text.empty()) && *members != word_characters()) return std::nullopt;
  pattern.in_class = *members;
  return pattern;
}

}  // namespace svi_lda

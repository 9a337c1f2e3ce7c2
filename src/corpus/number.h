#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "corpus/line_reader.h"
#include "corpus/quote.h"

namespace svi_lda {

inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
inline bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

inline const char* skip_blanks(const char* p, const char* end) {
  while (p != end && is_blank(*p)) ++p;
  return p;
}

inline bool is_blank_line(std::string_view line) {
  return skip_blanks(line.data(), line.data() + line.size()) == line.data() + line.size();
}

// The next field of `rest`, which is left behind it; empty at the end of the line.
inline std::string_view next_field(std::string_view& rest) {
  const char* const end = rest.data() + rest.size();
  const char* const begin = skip_blanks(rest.data(), end);
  const char* stop = begin;
  while (stop != end && !is_blank(*stop)) ++stop;
  rest = std::string_view(stop, static_cast<std::size_t>(end - stop));
  return {begin, static_cast<std::size_t>(stop - begin)};
}

// The digits at p as a number that saturates at 2^64 - 1; returns what follows them, p itself where
// there is none.
inline const char* parse_digits(const char* p, const char* end, std::uint64_t& value) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t number = 0;
  for (; p != end && is_digit(*p); ++p) {
    const auto digit = static_cast<std::uint64_t>(*p - '0');
    number = number > (kMax - digit) / 10 ? kMax : number * 10 + digit;
  }
  value = number;
  return p;
}

// Limits of a number in a corpus, and what to say where one is broken.
struct NumberRule {
  const char* name;  // "word id"
  std::uint64_t lowest;
  std::uint64_t highest;
  std::string hint;
};

// The number that all of `field` is. Fails at the last line of `lines`: not digits alone, below
// lowest, above highest.
inline std::uint64_t parse_number(const LineReader& lines, std::string_view field,
                                  const NumberRule& rule) {
  std::uint64_t value = 0;
  const char* const end = field.data() + field.size();
  const auto fail = [&](const std::string& problem) {
    lines.fail(std::string(rule.name) + " " + quote(field) + " " + problem, rule.hint);
  };
  if (field.empty()) {
    fail("is missing");
  } else if (parse_digits(field.data(), end, value) != end) {
    std::uint64_t ignored = 0;
    const bool negative = field.size() > 1 && field.front() == '-' &&
                          parse_digits(field.data() + 1, end, ignored) == end;
    fail(negative ? "is negative" : "is not a whole number");
  } else if (value < rule.lowest) {
    fail("is below " + std::to_string(rule.lowest));
  } else if (value > rule.highest) {
    fail("is above " + std::to_string(rule.highest));
  }
  return value;
}

}  // namespace svi_lda

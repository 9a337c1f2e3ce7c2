#pragma once

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

#include "corpus/number.h"

namespace svi_lda {

// The number that all of `text` is, where it is whole and in 0 .. 2^53, as programs write counts:
// "3", "+3", "3.0", "3e0". Nothing for anything else.
inline std::optional<std::uint64_t> parse_whole(std::string_view text) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  std::uint64_t digits = 0;
  if (!text.empty() && parse_digits(text.data(), end, digits) == end) {
    return digits <= kMost ? std::optional(digits) : std::nullopt;
  }
  double value = 0.0;
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  if (!(value >= 0.0 && value <= static_cast<double>(kMost)) || value != std::floor(value)) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(value);
}

// Whether all of `text` is a finite number.
inline bool is_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stop == end && std::isfinite(value);
}

// A count in 0 .. kMaxCount at the last line of `lines`. Fails: kInput there.
inline std::uint32_t parse_count(const LineReader& lines, std::string_view text) {
  const std::optional<std::uint64_t> count = parse_whole(text);
  if (!count) {
    lines.fail("count " + quote(text) + " is not a whole number from 0 on",
               "topics are of counts: give those, not weights as tf-idf");
  }
  if (*count > kMaxCount) {
    lines.fail("count " + quote(text) + " is above " + std::to_string(kMaxCount),
               "counts are integers from 1 to " + std::to_string(kMaxCount));
  }
  return static_cast<std::uint32_t>(*count);
}

}  // namespace svi_lda

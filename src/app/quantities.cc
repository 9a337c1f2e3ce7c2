#include "app/quantities.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace svi_lda {
namespace {

// A finite number >= 0 at the front of `text`; what follows it is left in `rest`.
std::optional<double> leading_number(std::string_view text, std::string_view& rest) {
  double value = 0.0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || !std::isfinite(value) || std::signbit(value)) return std::nullopt;
  rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> seconds_in(std::string_view unit) {
  if (unit == "s") return 1.0;
  if (unit == "m") return 60.0;
  if (unit == "h") return 3600.0;
  return std::nullopt;
}

}  // namespace

std::optional<Interval> parse_interval(const std::string& text) {
  if (text == "auto") return Interval{Interval::Unit::kPass, 0.0};
  std::string_view unit;
  const auto value = leading_number(text, unit);
  if (!value) return std::nullopt;
  if (*value == 0.0 && unit.empty()) return Interval{};
  if (unit.empty() || unit == "docs") {
    if (*value != std::floor(*value) || *value == 0.0) return std::nullopt;
    return Interval{unit.empty() ? Interval::Unit::kSteps : Interval::Unit::kDocs, *value};
  }
  const auto factor = seconds_in(unit);
  if (!factor || *value == 0.0) return std::nullopt;
  return Interval{Interval::Unit::kSeconds, *value * *factor};
}

bool reaches_multiple(const Interval& interval, std::uint64_t docs, std::uint64_t batch) {
  const auto every = static_cast<std::uint64_t>(interval.value);
  return docs / every != (docs - batch) / every;
}

std::optional<double> parse_duration(const std::string& text) {
  std::string_view unit;
  const auto value = leading_number(text, unit);
  if (!value) return std::nullopt;
  if (unit.empty()) return *value;
  const auto factor = seconds_in(unit);
  if (!factor) return std::nullopt;
  return *value * *factor;
}

std::optional<std::uint64_t> parse_bytes(const std::string& text) {
  std::string_view unit;
  const auto value = leading_number(text, unit);
  if (!value) return std::nullopt;
  double bytes = *value;
  if (!unit.empty()) {
    const auto power = std::string_view("KMGT").find(unit.front());
    if (power == std::string_view::npos || unit.size() != 1) return std::nullopt;
    bytes *= std::ldexp(1.0, 10 * (static_cast<int>(power) + 1));
  }
  if (bytes >= 9e18) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

std::string format_bytes(std::uint64_t bytes) {
  const char* const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
  auto value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1024.0 && unit < 5) {
    value /= 1024.0;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof(text), unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  return text;
}

}  // namespace svi_lda

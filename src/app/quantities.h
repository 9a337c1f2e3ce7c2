#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace svi_lda {

// How often something is done: every so many steps, seconds or documents, each pass, or never by
// itself.
struct Interval {
  enum class Unit { kNever, kSteps, kSeconds, kDocs, kPass };
  Unit unit = Unit::kNever;
  double value = 0.0;
};

// "auto" (each pass), "0" (never by itself), "500" (steps), "30s", "10m", "2h", "5000docs". Nothing
// for others.
std::optional<Interval> parse_interval(const std::string& text);

// Whether the last `batch` of `docs` documents were those that came to a multiple of an interval in
// documents.
bool reaches_multiple(const Interval& interval, std::uint64_t docs, std::uint64_t batch);

// Seconds from "90", "90s", "10m", "2h", "1.5h"; 0 = no limit. Nothing for others.
std::optional<double> parse_duration(const std::string& text);

// Bytes from "123", "500M", "2G", "1.5G" (powers of 1024: K, M, G, T). Nothing for others.
std::optional<std::uint64_t> parse_bytes(const std::string& text);

// "1.5 GiB" and the like, for messages.
std::string format_bytes(std::uint64_t bytes);

}  // namespace svi_lda

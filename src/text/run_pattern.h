#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace svi_lda {

// The regular expressions that most people give: the longest runs of one class of characters, at
// least so many, as [a-z]{3,}, \w+ or \b\w\w+\b. In ASCII they are found without an engine.
struct RunPattern {
  std::array<bool, 128> in_class{};  // ASCII of the class, white space never
  std::size_t least = 1;
};

// Nothing for an expression of any other form. What it gives finds in ASCII text what ICU's engine
// finds by the same expression.
std::optional<RunPattern> parse_run_pattern(std::string_view expression);

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace svi_lda {

// The number that all of `text` is, nothing where it is none; beyond what a double holds, infinity.
std::optional<double> parse_real(std::string_view text);

// Whether alpha or eta may be that.
bool is_parameter(double value);

// What a file of parameters is expected to hold, and what its option takes.
struct NumberFile {
  const char* name;     // "alpha", of the option --alpha
  const char* of_each;  // what it has a number for: "topic"
  std::size_t count;
  const char* takes;  // hint where the path does not lead to a file
};

// One number a line, blank lines apart. Fails: Error kInput path:line (not a number, out of range,
// not `count` of them), kIo.
std::vector<double> read_numbers(const std::string& path, const NumberFile& expected);

}  // namespace svi_lda

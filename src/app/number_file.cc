#include "app/number_file.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>
#include <system_error>

#include "app/parameter_range.h"
#include "corpus/byte_source.h"
#include "corpus/line_reader.h"
#include "corpus/quote.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kMaxLine = 4096;

std::unique_ptr<ByteSource> open_numbers(const std::string& path, const char* takes) {
  try {
    return decompress(open_file(path), path);
  } catch (const Error& error) {
    // What is meant for a word or a number may be taken for a file.
    throw Error(error.kind(), error.path(), error.line(), error.problem(), takes);
  }
}

}  // namespace

std::optional<double> parse_real(std::string_view text) {
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto [next, error] = std::from_chars(text.data(), end, value);
  if (next != end || text.empty()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return std::numeric_limits<double>::infinity();
  if (error != std::errc()) return std::nullopt;
  return value;
}

bool is_parameter(double value) { return value >= kLeastParameter && value <= kMostParameter; }

std::vector<double> read_numbers(const std::string& path, const NumberFile& expected) {
  const std::string hint = fmt::format("--{} FILE takes one number a line for each of the {} {}s",
                                       expected.name, expected.count, expected.of_each);
  LineReader lines(open_numbers(path, expected.takes), path, kMaxLine);
  std::vector<double> values;
  std::string_view line;
  while (lines.next(line)) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    if (line.empty()) continue;
    const std::optional<double> value = parse_real(line);
    if (!value) lines.fail(quote(line) + " is not a number", hint);
    if (!is_parameter(*value)) {
      lines.fail(fmt::format("{} {} must lie in [1e-8, 1000]", expected.name, quote(line)), hint);
    }
    if (values.size() == expected.count) {
      lines.fail(fmt::format("a number more than the {} {}s", expected.count, expected.of_each),
                 hint);
    }
    values.push_back(*value);
  }
  if (values.size() < expected.count) {
    lines.fail(fmt::format("ends after {} numbers", values.size()), hint);
  }
  return values;
}

}  // namespace svi_lda

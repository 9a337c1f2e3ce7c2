#include "cli/option.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace svi_lda::cli {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

// Each parser returns what kind of thing was expected, empty on success.
std::string parse(const std::string& text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? "" : "a finite number";
}

template <typename Integer>
std::string parse_integer(const std::string& text, Integer& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return {};
  if (std::numeric_limits<Integer>::is_signed) return "a whole number in plain digits";
  return fmt::format("a whole number from 0 to {} in plain digits",
                     std::numeric_limits<Integer>::max());
}

std::string parse(const std::string& text, std::int64_t& value) {
  return parse_integer(text, value);
}
std::string parse(const std::string& text, std::uint64_t& value) {
  return parse_integer(text, value);
}

std::string parse(const std::string& text, std::string& value) {
  value = text;
  return {};
}

std::string parse(const std::string& text, bool& value) {
  value = text == "true";
  return text == "true" || text == "false" ? "" : "true or false";
}

template <typename T>
std::string parse(const std::string& text, std::optional<T>& value) {
  return parse(text, value.emplace());
}

}  // namespace

bool is_flag(const Option& option) { return option.metavar.empty(); }

const Option* find_option(const OptionTable& table, const std::string& name) {
  for (const Option& option : table.options) {
    if (option.name == name || (!option.alias.empty() && option.alias == name)) return &option;
  }
  return nullptr;
}

std::string default_text(const Option& option) {
  if (!option.default_text.empty()) return option.default_text;
  const std::string text = std::visit(
      Overloaded{
          [](const bool* value) -> std::string { return *value ? "on" : "off"; },
          [](const std::string* value) { return value->empty() ? std::string("none") : *value; },
          [](const double* value) { return fmt::format("{}", *value); },
          [](const std::int64_t* value) { return fmt::format("{}", *value); },
          [](const std::uint64_t* value) { return fmt::format("{}", *value); },
          [](const auto*) -> std::string { return "none"; },
      },
      option.target);
  return text == "0" && !option.word_for_zero.empty() ? option.word_for_zero : text;
}

std::string assign(const Option& option, const std::string& text) {
  const bool zero = !option.word_for_zero.empty() && text == option.word_for_zero;
  const std::string number = zero ? "0" : text;
  const std::string expected =
      std::visit([&number](auto* value) { return parse(number, *value); }, option.target);
  if (expected.empty()) return {};
  const std::string rule = option.rule.empty() ? "" : ", " + option.rule;
  return fmt::format("--{} {}: must be {}{}", option.name, text, expected, rule);
}

}  // namespace svi_lda::cli

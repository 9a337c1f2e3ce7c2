#include "cli/help.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <sstream>

namespace svi_lda::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kColumn = 29;  // where the descriptions start

// A heading that is too long for its column stands on a line of its own.
std::string two_columns(const std::string& left, const std::string& right) {
  const std::string text = wrapped(right, kWidth - kColumn, kColumn);
  if (left.size() + 2 > kColumn) {
    return left + "\n" + std::string(kColumn, ' ') + text + "\n";
  }
  return left + std::string(kColumn - left.size(), ' ') + text + "\n";
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t width, std::size_t indent) {
  std::istringstream words(text);
  std::string result;
  std::string word;
  std::size_t column = 0;
  while (words >> word) {
    if (column != 0 && column + 1 + word.size() > width) {
      result += '\n';
      result.append(indent, ' ');
      column = 0;
    } else if (column != 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

std::vector<std::string> option_groups(const OptionTable& table) {
  std::vector<std::string> groups;
  for (const Option& option : table.options) {
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) {
      groups.push_back(option.group);
    }
  }
  return groups;
}

std::string usage_line(const CommandText& text, const OptionTable& table) {
  std::string line = "svi-lda " + text.name;
  for (const Operand& operand : table.operands) {
    line.append(" ").append(operand.metavar).append(operand.rest == nullptr ? "" : "...");
  }
  for (const Option& option : table.options) {
    if (option.required) line += fmt::format(" --{} {}", option.name, option.metavar);
  }
  return line + " [options]";
}

std::string option_heading(const Option& option) {
  std::string heading = option.letter != 0 ? fmt::format("  -{}, ", option.letter) : "      ";
  heading += "--" + option.name;
  if (!option.alias.empty()) heading += ", --" + option.alias;
  if (!option.metavar.empty()) heading += " " + option.metavar;
  return heading;
}

std::string option_description(const Option& option) {
  const std::string rule = option.rule.empty() ? "" : "; must be " + option.rule;
  return fmt::format("{}{} [{}]", option.help, rule,
                     option.required ? "required" : "default: " + default_text(option));
}

std::string command_help(const CommandText& text, const OptionTable& table) {
  std::string help = "Usage: " + usage_line(text, table) + "\n\n";
  help += wrapped(text.description, kWidth, 0) + "\n\n";
  for (const Operand& operand : table.operands) {
    help += two_columns("  " + operand.metavar, operand.help);
  }
  for (const std::string& group : option_groups(table)) {
    help += "\n" + group + ":\n";
    for (const Option& option : table.options) {
      if (option.group != group) continue;
      help += two_columns(option_heading(option), option_description(option));
    }
  }
  help += "\nExamples:\n";
  std::istringstream examples(text.examples);
  for (std::string line; std::getline(examples, line);) help += "  " + line + "\n";
  return help;
}

}  // namespace svi_lda::cli

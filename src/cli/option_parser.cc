#include "cli/option_parser.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "base/file.h"

namespace svi_lda::cli {
namespace {

namespace po = boost::program_options;

struct Assignment {
  std::string text;
  std::string where;  // "path:line: " of a config file, empty for the command line
};
using Assignments = std::map<const Option*, Assignment>;

void describe(const Option& option, po::options_description& description) {
  // Values are taken as text: assign() is stricter than Boost's conversions and says the rule.
  const auto semantic = [&option]() -> const po::value_semantic* {
    if (is_flag(option)) return po::bool_switch();
    return po::value<std::string>();
  };
  const std::string short_form = option.letter != 0 ? std::string(",") + option.letter : "";
  description.add_options()((option.name + short_form).c_str(), semantic());
  if (!option.alias.empty()) description.add_options()(option.alias.c_str(), semantic());
}

std::string unknown_option(const OptionTable& table, const std::string& word) {
  std::vector<std::string> names;
  for (const Option& option : table.options) {
    names.push_back(option.name);
    if (!option.alias.empty()) names.push_back(option.alias);
  }
  const std::string name = word.substr(0, word.find('='));
  const std::string bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
  const std::string match = nearest(bare, names);
  const std::string hint =
      match.empty() ? "--help lists the options" : fmt::format("did you mean '--{}'?", match);
  return fmt::format("unknown option '{}'; {}", name, hint);
}

// Flags may be written on the command line without a value, in a file as 'force = yes'.
std::string flag_value(const std::string& text) {
  static const std::set<std::string> yes = {"", "true", "yes", "on", "1"};
  static const std::set<std::string> no = {"false", "no", "off", "0"};
  if (yes.count(text) != 0) return "true";
  return no.count(text) != 0 ? "false" : text;
}

std::string value_of(const Option& option, const po::option& parsed) {
  const std::string text = parsed.value.empty() ? "" : parsed.value.front();
  return is_flag(option) ? flag_value(text) : text;
}

void insert_once(Assignments& assignments, const Option& option, Assignment assignment) {
  const std::string where = assignment.where;
  if (!assignments.emplace(&option, std::move(assignment)).second) {
    throw UsageError(fmt::format("{}option '--{}' is given twice; leave one", where, option.name));
  }
}

Assignments parse_command_line(const OptionTable& table, const po::options_description& description,
                               std::span<const std::string> arguments,
                               std::vector<std::string>& operands) {
  // Only named options: an abbreviation that works today may be ambiguous tomorrow.
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  Assignments assignments;
  try {
    const po::parsed_options parsed =
        po::command_line_parser(std::vector<std::string>(arguments.begin(), arguments.end()))
            .options(description)
            .style(style)
            .run();
    for (const po::option& option : parsed.options) {
      if (option.position_key >= 0) {
        operands.insert(operands.end(), option.value.begin(), option.value.end());
        continue;
      }
      const Option& row = *find_option(table, option.string_key);
      insert_once(assignments, row, {value_of(row, option), ""});
    }
  } catch (const po::unknown_option& error) {
    throw UsageError(unknown_option(table, error.get_option_name()));
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  return assignments;
}

// Each line is parsed apart: Boost's messages do not say where in a file they arose.
Assignments parse_config(const OptionTable& table, const po::options_description& description,
                         const std::string& path) {
  std::istringstream file(read_file(path));
  Assignments assignments;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    const std::string where = fmt::format("{}:{}: ", path, number);
    std::istringstream one_line(line);
    try {
      for (const po::option& option : po::parse_config_file(one_line, description).options) {
        const Option& row = *find_option(table, option.string_key);
        if (row.name == "config" || row.name == "help") {
          throw UsageError(where + "'" + row.name + "' has no place in a file; leave it out");
        }
        insert_once(assignments, row, {value_of(row, option), where});
      }
    } catch (const po::unknown_option& error) {
      throw UsageError(where + unknown_option(table, error.get_option_name()));
    } catch (const po::error&) {
      throw UsageError(where + "not an option; write 'name = value', or '#' before a comment");
    }
  }
  return assignments;
}

void assign_operands(const OptionTable& table, const std::vector<std::string>& operands,
                     ParseProblems& problems) {
  std::size_t given = 0;
  const Operand* left_out = nullptr;
  for (const Operand& operand : table.operands) {
    if (operand.needed && !operand.needed()) {
      left_out = &operand;
      continue;
    }
    if (operand.many != nullptr) {
      operand.many->assign(
          operands.begin() + static_cast<std::ptrdiff_t>(std::min(given, operands.size())),
          operands.end());
      given = operands.size();
      break;
    }
    const std::size_t i = given++;
    if (i >= operands.size() || operands[i].empty()) {
      problems.lines.push_back(fmt::format("{} is missing: {}", operand.metavar, operand.help));
      problems.options.push_back(operand.metavar);
    } else {
      *operand.target = operands[i];
    }
  }
  std::vector<std::string>* const rest =
      table.operands.empty() ? nullptr : table.operands.back().rest;
  if (rest != nullptr) rest->clear();
  // Where an operand is not taken, one more is more likely that one.
  if (rest != nullptr && left_out == nullptr) {
    rest->assign(operands.begin() + static_cast<std::ptrdiff_t>(std::min(given, operands.size())),
                 operands.end());
  } else if (operands.size() > given) {
    throw UsageError(fmt::format(
        "unexpected argument '{}'; {}", operands[given],
        left_out == nullptr
            ? std::string("an option's name starts with '--'")
            : fmt::format("{} is not taken here: {}", left_out->metavar, left_out->help)));
  }
}

void assign_options(const OptionTable& table, const Assignments& assignments,
                    ParseProblems& problems) {
  for (const Option& option : table.options) {
    const auto given = assignments.find(&option);
    std::string problem;
    if (given == assignments.end()) {
      if (option.required) {
        problem = fmt::format("--{} is missing: {}", option.name, option.help);
      }
    } else {
      problem = assign(option, given->second.text);
      if (problem.empty() && option.holds && !option.holds()) {
        problem = fmt::format("--{} {}: must be {}", option.name, given->second.text, option.rule);
      }
      if (!problem.empty()) problem = given->second.where + problem;
    }
    if (problem.empty()) continue;
    problems.lines.push_back(problem);
    problems.options.push_back(option.name);
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

}  // namespace

UsageError::UsageError(std::vector<std::string> lines)
    : std::runtime_error(joined(lines)), lines_(std::move(lines)) {}

void ParseProblems::add(const std::vector<std::string>& violations) {
  for (const std::string& line : violations) {
    const std::size_t start = line.starts_with("--") ? 2 : 0;
    const std::string name = line.substr(start, line.find_first_of(" :") - start);
    if (std::find(options.begin(), options.end(), name) != options.end()) continue;
    const auto origin = origins.find(name);
    lines.push_back(origin == origins.end() ? line : origin->second + line);
  }
}

void ParseProblems::raise() const {
  if (!lines.empty()) throw UsageError(lines);
}

ParseProblems parse_arguments(const OptionTable& table, const CommonOptions& common,
                              std::span<const std::string> arguments) {
  po::options_description description;
  for (const Option& option : table.options) describe(option, description);

  std::vector<std::string> operands;
  Assignments assignments = parse_command_line(table, description, arguments, operands);
  const Option* const help = find_option(table, "help");
  ParseProblems problems;
  if (const auto given = assignments.find(help); given != assignments.end()) {
    assign(*help, given->second.text);
    return problems;
  }
  const Option* const config = find_option(table, "config");
  if (const auto given = assignments.find(config); given != assignments.end()) {
    assign(*config, given->second.text);
    assignments.merge(parse_config(table, description, common.config));
  }
  for (const auto& [option, assignment] : assignments) {
    if (!assignment.where.empty()) problems.origins[option->name] = assignment.where;
  }
  ParseProblems of_options;
  assign_options(table, assignments, of_options);
  assign_operands(table, operands, problems);
  problems.lines.insert(problems.lines.end(), of_options.lines.begin(), of_options.lines.end());
  problems.options.insert(problems.options.end(), of_options.options.begin(),
                          of_options.options.end());
  return problems;
}

std::string nearest(const std::string& word, const std::vector<std::string>& names) {
  std::string best;
  std::size_t best_edits = word.size() / 4 + 2;
  for (const std::string& name : names) {
    if (word.size() >= 2 && name.starts_with(word)) return name;
    // Levenshtein distance, one row at a time.
    std::vector<std::size_t> row(name.size() + 1);
    for (std::size_t j = 0; j <= name.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const std::size_t substituted = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
      }
    }
    if (row.back() < best_edits) {
      best_edits = row.back();
      best = name;
    }
  }
  return best;
}

}  // namespace svi_lda::cli

#pragma once

#include <string>

#include "cli/option.h"

namespace svi_lda::cli {

// The texts of a command that are not options.
struct CommandText {
  std::string name;
  std::string summary;      // one line, no full stop
  std::string description;  // a paragraph
  std::string examples;     // lines "# comment" and command lines
};

// "svi-lda train CORPUS --output RUN --topics K [options]"
std::string usage_line(const CommandText& text, const OptionTable& table);

// Usage, description, options in groups with rules and defaults, worked examples; 80 columns.
std::string command_help(const CommandText& text, const OptionTable& table);

// "    -k, --topics K", the left column of the help.
std::string option_heading(const Option& option);

// "decay of the step size; must be in (0.5, 1] [default: 0.7]", the right column.
std::string option_description(const Option& option);

// Names of the groups in the order of their first option.
std::vector<std::string> option_groups(const OptionTable& table);

// `text` broken at spaces to lines of at most `width`, each but the first indented.
std::string wrapped(const std::string& text, std::size_t width, std::size_t indent);

}  // namespace svi_lda::cli

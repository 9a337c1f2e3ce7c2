#include "cli/man_page.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "svi_lda/version.h"

namespace svi_lda::cli {
namespace {

// Text as roff takes it: hyphens stay hyphens, and no line starts a request.
std::string escaped(const std::string& text) {
  std::string result;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
    line_start = c == '\n';
  }
  return result;
}

std::string command_section(Command& command) {
  const CommandText text = command.text();
  const OptionTable table = command.table();
  std::string name = text.name;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string page = fmt::format(".SH {}\n.B {}\n.PP\n{}\n", name, escaped(usage_line(text, table)),
                                 escaped(text.description));
  for (const Operand& operand : table.operands) {
    page += fmt::format(".TP\n.I {}\n{}\n", operand.metavar, escaped(operand.help));
  }
  for (const std::string& group : option_groups(table)) {
    page += ".SS " + group + "\n";
    for (const Option& option : table.options) {
      if (option.group != group) continue;
      const std::string heading = option_heading(option);
      page += fmt::format(".TP\n.B {}\n{}\n", escaped(heading.substr(heading.find('-'))),
                          escaped(option_description(option)));
    }
  }
  page += ".SS Examples\n.nf\n" + escaped(text.examples) + ".fi\n";
  return page;
}

}  // namespace

std::string man_page(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string page =
      fmt::format(".TH SVI\\-LDA 1 \"\" \"svi\\-lda {}\" \"User Commands\"\n", escaped(kVersion));
  page +=
      ".SH NAME\nsvi\\-lda \\- topics of a document collection by stochastic variational "
      "inference\n"
      ".SH SYNOPSIS\n.B svi\\-lda\n.I COMMAND\n[arguments]\n"
      ".SH DESCRIPTION\nTrains, evaluates and applies Latent Dirichlet Allocation models. "
      "Results go to files or standard output, messages to standard error.\n";
  for (const auto& command : commands) {
    const CommandText text = command->text();
    page += fmt::format(".TP\n.B {}\n{}\n", escaped(text.name), escaped(text.summary));
  }
  for (const auto& command : commands) page += command_section(*command);
  page +=
      ".SH EXIT STATUS\n.TP\n.B 0\nsuccess\n.TP\n.B 1\nthe run failed\n.TP\n.B 2\nwrong usage\n"
      ".TP\n.B 130, 143\nstopped by SIGINT or SIGTERM\n";
  return page;
}

}  // namespace svi_lda::cli

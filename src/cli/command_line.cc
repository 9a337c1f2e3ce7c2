#include "cli/command_line.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/man_page.h"
#include "cli/option_parser.h"
#include "cli/output.h"
#include "cli/stop_signal.h"
#include "svi_lda/error.h"
#include "svi_lda/version.h"

namespace svi_lda::cli {
namespace {

using Commands = std::vector<std::unique_ptr<Command>>;

void print_line(const char* line) noexcept {
  std::fprintf(stderr, "%s\n", line);
  std::fflush(stderr);
}

void print_error(const char* what) noexcept {
  std::fprintf(stderr, "svi-lda: error: %s\n", what);
  std::fflush(stderr);
}

std::string overview(const Commands& commands) {
  std::string text =
      "Usage: svi-lda COMMAND [arguments]\n\n"
      "Topics of a document collection by Latent Dirichlet Allocation (LDA), trained\n"
      "by stochastic variational inference.\n\nCommands:\n";
  for (const auto& command : commands) {
    text += fmt::format("  {:<10} {}\n", command->text().name, command->text().summary);
  }
  text +=
      "\n'svi-lda COMMAND --help' lists the options of a command; 'svi-lda --version'\n"
      "prints the version.\n\n"
      "Exit status: 0 success, 1 the run failed, 2 wrong usage, 130 or 143 stopped by\n"
      "SIGINT or SIGTERM.\n\n"
      "Examples:\n"
      "  svi-lda train docword.txt.gz --vocab vocab.txt -k 100 -o run\n"
      "  svi-lda train reviews.jsonl --text-field body --stop-words english -k 100 -o run\n"
      "  svi-lda topics run\n"
      "  svi-lda evaluate run test.docword.txt.gz\n";
  return text;
}

Command* find_command(const Commands& commands, const std::string& name) {
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
    return command->text().name == name;
  });
  return found == commands.end() ? nullptr : found->get();
}

Command& command_named(const Commands& commands, const std::string& name) {
  if (Command* const command = find_command(commands, name)) return *command;
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back(command->text().name);
  const std::string match = nearest(name, names);
  throw UsageError(fmt::format("unknown command '{}'; {}", name,
                               match.empty() ? "svi-lda --help lists the commands"
                                             : fmt::format("did you mean '{}'?", match)));
}

// The logger of the whole program: messages to standard error, beside the progress bar.
std::shared_ptr<TerminalSink> start_logging(const CommonOptions& common) {
  auto terminal = std::make_shared<TerminalSink>(STDERR_FILENO);
  auto logger = std::make_shared<spdlog::logger>("svi-lda", terminal);
  logger->set_pattern("[%T %l] %v");
  const auto level = spdlog::level::from_str(common.log_level);
  logger->set_level(common.quiet ? std::max(level, spdlog::level::warn) : level);
  spdlog::set_default_logger(std::move(logger));
  return terminal;
}

int run_command(Command& command, std::span<const std::string> arguments) {
  const OptionTable table = command.table();
  ParseProblems problems = parse_arguments(table, command.common(), arguments);
  if (command.common().help) {
    print(command_help(command.text(), table));
    return kExitSuccess;
  }
  problems.add(command.violations());
  problems.raise();
  const std::shared_ptr<TerminalSink> terminal = start_logging(command.common());
  return command.execute(*terminal);
}

int print_help(const Commands& commands, std::span<const std::string> names) {
  if (names.size() > 1) {
    throw UsageError(fmt::format("unexpected argument '{}'; name one command", names[1]));
  }
  if (names.empty()) {
    print(overview(commands));
    return kExitSuccess;
  }
  Command& command = command_named(commands, names.front());
  print(command_help(command.text(), command.table()));
  return kExitSuccess;
}

int dispatch(std::span<const std::string> arguments) {
  const Commands commands = make_commands();
  if (arguments.empty()) {
    const std::string text = overview(commands);
    std::fputs(text.c_str(), stderr);
    return kExitUsage;
  }
  const std::string& name = arguments.front();
  const std::span<const std::string> rest = arguments.subspan(1);
  if (name == "--help" || name == "-h" || name == "help") return print_help(commands, rest);
  if (name == "--version") {
    print(fmt::format("svi-lda {}\n", kVersion));
    return kExitSuccess;
  }
  // Not listed: the build makes the manual page with it.
  if (name == "man-page") {
    print(man_page(commands));
    return kExitSuccess;
  }
  if (name.starts_with("-")) {
    throw UsageError(
        fmt::format("unknown option '{}'; the command comes first, see svi-lda --help", name));
  }
  return run_command(command_named(commands, name), rest);
}

int exit_code(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kUsage:
      return kExitUsage;
    case ErrorKind::kStopped:
      return stop_signal() != 0 ? kExitSignalBase + stop_signal() : kExitFailure;
    case ErrorKind::kInput:
    case ErrorKind::kIo:
    case ErrorKind::kMemory:
    case ErrorKind::kNumeric:
      break;
  }
  return kExitFailure;
}

}  // namespace

std::vector<std::unique_ptr<Command>> make_commands() {
  Commands commands;
  commands.push_back(make_vectorize_command());
  commands.push_back(make_train_command());
  commands.push_back(make_resume_command());
  commands.push_back(make_update_command());
  commands.push_back(make_topics_command());
  commands.push_back(make_evaluate_command());
  commands.push_back(make_sweep_command());
  commands.push_back(make_infer_command());
  commands.push_back(make_similar_command());
  commands.push_back(make_info_command());
  commands.push_back(make_report_command());
  commands.push_back(make_plot_command());
  commands.push_back(make_export_command());
  commands.push_back(make_convert_command());
  return commands;
}

int run_command_line(std::span<const std::string> arguments) noexcept {
  try {
    return dispatch(arguments);
  } catch (const BrokenPipe&) {
    return kExitSuccess;
  } catch (const UsageError& error) {
    for (const std::string& line : error.lines()) print_error(printable(line).c_str());
    return kExitUsage;
  } catch (const Error& error) {
    // As compilers do: what is wrong with a file begins with its name and line, so that editors
    // find it; what is wrong otherwise, with the name of the program.
    if (error.path().empty()) {
      print_error(error.what());
    } else {
      print_line(error.what());
    }
    return exit_code(error);
  } catch (const std::bad_alloc&) {
    print_error("out of memory; lower --topics or --batch-size, or set --memory-limit");
  } catch (const std::exception& error) {
    print_error(error.what());
  } catch (...) {
    print_error("unknown failure; please report it with the command line that led to it");
  }
  return kExitFailure;
}

}  // namespace svi_lda::cli

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/help.h"
#include "cli/option_table.h"
#include "cli/terminal_sink.h"

namespace svi_lda::cli {

// Exit codes of the program; a run that a signal stopped ends with 128 + its number.
inline constexpr int kExitSuccess = 0;
inline constexpr int kExitFailure = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitSignalBase = 128;

// One subcommand: its texts, what it accepts, what it does.
class Command {
 public:
  virtual ~Command() = default;

  virtual CommandText text() const = 0;
  // Bound to the fields of this object.
  virtual OptionTable table() = 0;
  // Broken rules between options, and those that the library checks; opens nothing.
  virtual std::vector<std::string> violations() const { return {}; }
  // Does the work and returns the exit code. Results go to standard output or files.
  virtual int execute(TerminalSink& terminal) = 0;

  CommonOptions& common() { return common_; }

 private:
  CommonOptions common_;
};

std::unique_ptr<Command> make_vectorize_command();
std::unique_ptr<Command> make_train_command();
std::unique_ptr<Command> make_resume_command();
std::unique_ptr<Command> make_update_command();
std::unique_ptr<Command> make_topics_command();
std::unique_ptr<Command> make_evaluate_command();
std::unique_ptr<Command> make_sweep_command();
std::unique_ptr<Command> make_infer_command();
std::unique_ptr<Command> make_similar_command();
std::unique_ptr<Command> make_info_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_plot_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_convert_command();

// All of them, in the order of the help.
std::vector<std::unique_ptr<Command>> make_commands();

}  // namespace svi_lda::cli

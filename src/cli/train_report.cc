#include "cli/train_report.h"

#include <spdlog/spdlog.h>

#include "base/rate_text.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"

namespace svi_lda::cli {
namespace {

std::string figures(const TrainResult& result) {
  const std::string seen =
      result.passes ? fmt::format("{} {}", *result.passes, *result.passes == 1 ? "pass" : "passes")
                    : fmt::format("{} documents", result.docs);
  std::string text = fmt::format("{} steps, {}, {:.1f} s", result.step, seen, result.seconds);
  if (result.seconds > 0.0) {
    text += ", " + rate_text(static_cast<double>(result.tokens) / result.seconds) + " tokens/s";
  }
  if (result.held_out_perplexity) {
    text += fmt::format(", held-out perplexity {:.1f} (completion)", *result.held_out_perplexity);
  }
  return text;
}

// What is left of the old documents, in all and in lambda.
void report_update(const UpdateShares& update) {
  spdlog::info("step size {}: old documents are {:.1f}% of all ({} of {}), and {:.1f}% of lambda",
               update.step_size, 100.0 * update.old_share_of_docs(), update.old_docs,
               update.old_docs + update.new_docs, 100.0 * update.old_share_of_lambda);
}

// The run's name as a shell takes it.
std::string quoted(const std::string& name) {
  const bool plain = name.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-") ==
                     std::string::npos;
  if (plain) return name;
  std::string text = "'";
  for (const char c : name) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

// What goes on with the run; a stream must be sent again.
std::string resume_command(const TrainResult& result, const std::string& run) {
  const std::string command = "svi-lda resume " + quoted(run);
  return result.passes ? command : "... | " + command + " --corpus -";
}

}  // namespace

TrainCallbacks run_callbacks(ProgressReporter& reporter) {
  TrainCallbacks callbacks;
  callbacks.progress = [&reporter](const TrainProgress& progress) { reporter.update(progress); };
  callbacks.stop_signal = stop_signal;
  return callbacks;
}

int report_result(const TrainResult& result, const std::string& run) {
  if (result.update) report_update(*result.update);
  switch (result.end) {
    case TrainResult::End::kFinished:
      spdlog::info("finished: {}", figures(result));
      spdlog::info("model: {}", result.model);
      return kExitSuccess;
    case TrainResult::End::kTimeLimit:
      spdlog::info("time limit reached: {}", figures(result));
      if (!result.model.empty()) spdlog::info("model: {}", result.model);
      spdlog::warn("not finished, last checkpoint {}; go on with: {}", result.checkpoint,
                   resume_command(result, run));
      return kExitSuccess;
    case TrainResult::End::kSignal:
      break;
  }
  spdlog::info("stopped: {}", figures(result));
  spdlog::warn("stopped by {}, last checkpoint {}; go on with: {}", signal_name(result.signal),
               result.checkpoint, resume_command(result, run));
  return kExitSignalBase + result.signal;
}

}  // namespace svi_lda::cli

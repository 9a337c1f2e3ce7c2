#include "cli/command.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "cli/train_report.h"
#include "svi_lda/train.h"

namespace svi_lda::cli {
namespace {

class ResumeCommand final : public Command {
 public:
  CommandText text() const override {
    return {"resume", "go on with an interrupted run",
            "Goes on from the newest valid checkpoint of RUN. The model is bit for bit the one of "
            "a run that was never interrupted, for unchanged options and for a raised --passes; "
            "runs that a --time-limit ended are excepted. A run that stopped before its first "
            "checkpoint starts over from run.json. A run from standard input goes on from its "
            "cache where that is complete, else it asks for the same input again; a stream "
            "(train - --corpus-size D) has none, and skips what it was trained on.",
            "# after Ctrl-C, kill or a power cut\n"
            "svi-lda resume run\n"
            "# ten more passes over a run of ten\n"
            "svi-lda resume run --passes 20\n"
            "# a stream, from its beginning\n"
            "zcat dump.gz | svi-lda resume run --corpus -\n"};
  }
  OptionTable table() override { return resume_table(options_, common()); }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    ProgressReporter reporter(terminal);
    const TrainResult result = svi_lda::resume(options_, run_callbacks(reporter));
    terminal.set_status({});
    return report_result(result, options_.run);
  }

 private:
  ResumeOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_resume_command() { return std::make_unique<ResumeCommand>(); }

}  // namespace svi_lda::cli

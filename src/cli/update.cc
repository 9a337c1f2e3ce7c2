#include "svi_lda/update.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "cli/train_report.h"
#include "cli/update_table.h"

namespace svi_lda::cli {
namespace {

class UpdateCommand final : public Command {
 public:
  CommandText text() const override {
    return {"update", "go on training a finished model with new documents",
            "Trains the topics of RUN on with NEWDOCS and writes the result as a run of its own, "
            "RUN2; RUN is not changed, and its documents are not needed. Words are those of the "
            "model: others are left out, counted and said. How much of the old topics is left is "
            "said at the end. A stopped update goes on by 'svi-lda resume RUN2'.",
            "# news -> news.2\n"
            "svi-lda update news today.jsonl\n"
            "# a corpus with a vocabulary of its own, into a folder of that name\n"
            "svi-lda update news docword.txt.gz --vocab vocab.txt -o news-april\n"
            "# follow the latest documents, and forget those before\n"
            "svi-lda update news today.jsonl --step-size restart\n"};
  }
  OptionTable table() override { return update_table(options_, common()); }
  std::vector<std::string> violations() const override { return svi_lda::violations(options_); }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    ProgressReporter reporter(terminal);
    if (options_.output.empty()) options_.output = update_output(options_.run);
    const TrainResult result = svi_lda::update(options_, run_callbacks(reporter));
    terminal.set_status({});
    return report_result(result, options_.output);
  }

 private:
  UpdateOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_update_command() { return std::make_unique<UpdateCommand>(); }

}  // namespace svi_lda::cli

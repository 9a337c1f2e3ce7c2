#include "svi_lda/train.h"

#include "cli/command.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "cli/train_report.h"

namespace svi_lda::cli {
namespace {

class TrainCommand final : public Command {
 public:
  CommandText text() const override {
    return {
        "train", "train topics on a corpus",
        "Trains Latent Dirichlet Allocation on CORPUS by stochastic variational inference and "
        "writes the run directory RUN: model.npz (topics), checkpoints, metrics.jsonl (one "
        "record a report) and run.json (options, versions). CORPUS is counts in any format that "
        "'svi-lda convert --help' lists, a folder that 'svi-lda vectorize' wrote, or raw text. "
        "SIGINT or SIGTERM stop a run after a checkpoint; 'svi-lda resume' goes on.",
        "# 100 topics, words printed by name\n"
        "svi-lda train docword.txt.gz --vocab vocab.txt -k 100 -o run\n"
        "# raw text, one JSON object a document\n"
        "svi-lda train papers.jsonl --text-field abstract --stop-words english \\\n"
        "    --min-df 5 -k 50 -o run\n"
        "# watch the perplexity of one document in twenty, stop after ten minutes\n"
        "svi-lda train docword.txt.gz -k 100 -o run --held-out-fraction 0.05 \\\n"
        "    --time-limit 10m\n"
        "# a stream, each document seen once; D is given, not counted\n"
        "zcat dump.gz | svi-lda train - -k 50 -o run --corpus-size 1000000\n"};
  }
  OptionTable table() override { return train_table(options_, common()); }
  std::vector<std::string> violations() const override { return svi_lda::violations(options_); }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    ProgressReporter reporter(terminal);
    const TrainResult result = svi_lda::train(options_, run_callbacks(reporter));
    terminal.set_status({});
    return report_result(result, options_.output);
  }

 private:
  TrainOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_train_command() { return std::make_unique<TrainCommand>(); }

}  // namespace svi_lda::cli

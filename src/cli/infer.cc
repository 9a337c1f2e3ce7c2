#include "svi_lda/infer.h"

#include <spdlog/fmt/fmt.h>

#include "cli/command.h"
#include "cli/infer_rows.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {

class InferSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"infer", "topic proportions of new documents",
            "Prints the topic proportions of each document of CORPUS, one row a document in the "
            "order of the file: the mean of its Dirichlet, gamma_k / sum_k gamma_k. Documents "
            "without a word of the model's vocabulary get the prior mean and the status 'empty'. "
            "The model is not changed.",
            "svi-lda infer run new.docword.txt -o proportions.tsv\n"
            "# one JSON object a line, from a pipe\n"
            "zcat new.ldac.gz | svi-lda infer run - --format jsonl > proportions.jsonl\n"
            "# the three largest topics of each document, where they have a tenth of it\n"
            "svi-lda infer run new.docword.txt --top 3 --threshold 0.1\n"
            "# a matrix for numpy.load\n"
            "svi-lda infer run new.docword.txt --format npy -o theta.npy\n"};
  }
  OptionTable table() override { return infer_table(command_, common()); }

  int execute(TerminalSink& terminal) override {
    if (command_.format == "npy" && command_.output == "-") {
      throw Error(ErrorKind::kUsage, "--format npy: must be written to a file",
                  "add --output FILE; the number of documents stands in front of them");
    }
    catch_stop_signals();
    Output output(command_.output, command_.force);
    const auto rows = make_infer_rows(
        command_.format, {static_cast<std::uint64_t>(command_.top), command_.threshold});
    WorkReporter reporter(terminal, command_.output);
    bool begun = false;
    svi_lda::infer(command_.options, [&](const InferredDocument& document) {
      if (stop_signal() != 0) {
        throw Error(ErrorKind::kStopped,
                    fmt::format("stopped by {}; start again", signal_name(stop_signal())));
      }
      if (!begun) output.write(rows->head(document));
      begun = true;
      output.write(rows->row(document));
      reporter.update("inferring", document.document);
    });
    if (const std::string head = rows->final_head(); !head.empty()) output.replace_head(head);
    output.finish();
    return kExitSuccess;
  }

 private:
  InferCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_infer_command() { return std::make_unique<InferSubcommand>(); }

}  // namespace svi_lda::cli

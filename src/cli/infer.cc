#include "svi_lda/infer.h"

#include <spdlog/fmt/fmt.h>

#include <iterator>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/stop_signal.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {

const char* status_of(const InferredDocument& document) { return document.empty ? "empty" : "ok"; }

std::string tsv_header(std::size_t num_topics) {
  std::string text = "document\ttokens\tout_of_vocabulary\tstatus";
  for (std::size_t k = 0; k < num_topics; ++k) text += fmt::format("\ttopic_{}", k);
  return text + "\n";
}

// Nine digits: rows of any number of topics sum to 1 well within 1e-6.
std::string tsv_row(const InferredDocument& document) {
  std::string text = fmt::format("{}\t{}\t{}\t{}", document.document, document.tokens,
                                 document.out_of_vocabulary, status_of(document));
  for (const double share : document.theta) {
    fmt::format_to(std::back_inserter(text), "\t{:.9g}", share);
  }
  return text + "\n";
}

std::string json_row(const InferredDocument& document) {
  std::string text = fmt::format(
      R"({{"document":{},"tokens":{},"out_of_vocabulary":{},"status":"{}","theta":[)",
      document.document, document.tokens, document.out_of_vocabulary, status_of(document));
  const char* separator = "";
  for (const double share : document.theta) {
    fmt::format_to(std::back_inserter(text), "{}{:.9g}", separator, share);
    separator = ",";
  }
  return text + "]}\n";
}

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
            "zcat new.ldac.gz | svi-lda infer run - --format json > proportions.jsonl\n"};
  }
  OptionTable table() override { return infer_table(command_, common()); }

  int execute(TerminalSink&) override {
    catch_stop_signals();
    Output output(command_.output, command_.force);
    const bool json = command_.format == "json";
    bool header_written = json;
    svi_lda::infer(command_.options, [&](const InferredDocument& document) {
      if (stop_signal() != 0) {
        throw Error(ErrorKind::kStopped,
                    fmt::format("stopped by {}; start again", signal_name(stop_signal())));
      }
      if (!header_written) output.write(tsv_header(document.theta.size()));
      header_written = true;
      output.write(json ? json_row(document) : tsv_row(document));
    });
    output.finish();
    return kExitSuccess;
  }

 private:
  InferCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_infer_command() { return std::make_unique<InferSubcommand>(); }

}  // namespace svi_lda::cli

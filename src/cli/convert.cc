#include "svi_lda/convert.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/stop_signal.h"

namespace svi_lda::cli {
namespace {

class ConvertSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {
        "convert", "write a corpus in another format",
        "Writes the corpus INPUT in another format, document by document: uci (UCI docword), "
        "ldac (LDA-C: 'N id:count ...' a line, ids from 0), svmlight ('label id:count ...', ids "
        "from 1), mtx (Matrix Market, coordinate), vw (Vowpal Wabbit: 'label 'tag | word:count "
        "...'), npz (scipy.sparse.save_npz), mallet ('name label word word ...') and cache "
        "(binary, ours). Ids, counts, empty documents and, where there is room for them, words, "
        "names and labels stay as they are.",
        "svi-lda convert docword.txt.gz -o corpus.ldac\n"
        "# words by name, for Vowpal Wabbit\n"
        "svi-lda convert docword.txt.gz --vocab vocab.txt -o corpus.vw.gz\n"
        "# a matrix with a row a word\n"
        "svi-lda convert terms.mtx --documents-are columns -o docword.txt\n"
        "# SVMlight, which looks like LDA-C, must be named\n"
        "svi-lda convert train.svm --corpus-format svmlight -o train.npz\n"};
  }
  OptionTable table() override { return convert_table(options_, first_input_, common()); }
  std::vector<std::string> violations() const override {
    return svi_lda::violations(all_options());
  }

  int execute(TerminalSink& terminal) override {
    catch_stop_signals();
    const ConvertOptions options = all_options();
    std::optional<Output> output;
    ConvertCallbacks callbacks;
    callbacks.stop_signal = [] { return stop_signal(); };
    WorkReporter reporter(terminal, options.output);
    callbacks.progress = [&](std::uint64_t docs, std::uint64_t total_docs) {
      reporter.update("converting", docs, total_docs);
    };
    if (options.output == "-") {
      output.emplace("-", false);
      callbacks.standard_output = [&](std::string_view text) { output->write(text); };
    }
    const ConvertResult result = svi_lda::convert(options, callbacks);
    if (output) output->finish();
    terminal.set_status({});
    report(options, result);
    return kExitSuccess;
  }

 private:
  ConvertOptions all_options() const {
    ConvertOptions options = options_;
    if (!first_input_.empty()) options.inputs.insert(options.inputs.begin(), first_input_);
    return options;
  }

  static void report(const ConvertOptions& options, const ConvertResult& result) {
    spdlog::info("{} to {}: {} documents ({} empty), {} words, {} entries, {} tokens", result.from,
                 result.to, result.docs, result.empty_docs, result.vocab_size, result.entries,
                 result.tokens);
    if (!result.vocabulary.empty()) {
      spdlog::info("its words are in {}: give it as --vocab", result.vocabulary);
    }
    if (result.unmapped_tokens > 0) {
      spdlog::warn("{} tokens of words that {} does not have are left out", result.unmapped_tokens,
                   options.vocabulary);
    }
    if (result.names_left_out > 0) {
      spdlog::warn("{} has no room for the names of {} documents", result.to,
                   result.names_left_out);
    }
    if (result.labels_left_out > 0) {
      spdlog::warn("{} has no room for the labels of {} documents", result.to,
                   result.labels_left_out);
    }
  }

  ConvertOptions options_;
  std::string first_input_;
};

}  // namespace

std::unique_ptr<Command> make_convert_command() { return std::make_unique<ConvertSubcommand>(); }

}  // namespace svi_lda::cli

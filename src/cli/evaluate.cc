#include "svi_lda/evaluate.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/output.h"

namespace svi_lda::cli {
namespace {

constexpr const char* kDefinitions =
    "completion  perplexity of the second half of each document given its first half\n"
    "bound       exp of minus the document bound per token (Hoffman, Blei, Bach 2010,\n"
    "            eq. 16): a lower bound of the likelihood, so the figure is pessimistic\n"
    "unigram     baseline: the training corpus' word frequencies plus one, without\n"
    "            topics, on the tokens that completion scores\n"
    "std. error  of the perplexity, from the variation between documents\n";

std::string row(const char* name, const Estimate& estimate) {
  return fmt::format("{:<10}  {:>12.4f}  {:>10.4f}  {:>10.6f}  {:>10}  {:>9}\n", name,
                     estimate.perplexity, estimate.standard_error, estimate.nats_per_token,
                     estimate.tokens, estimate.docs);
}

std::string as_text(const EvaluateResult& result, const std::string& corpus) {
  std::string text = fmt::format("model:             {}\n", printable(result.model));
  text += fmt::format("corpus:            {}\n", printable(corpus));
  text += fmt::format("documents:         {} ({} empty)\n", result.docs, result.empty_docs);
  text += fmt::format("tokens:            {}\n", result.tokens);
  text += fmt::format("out of vocabulary: {} (tokens left out)\n\n", result.out_of_vocabulary);
  text += fmt::format("{:<10}  {:>12}  {:>10}  {:>10}  {:>10}  {:>9}\n", "estimator", "perplexity",
                      "std. error", "nats/token", "tokens", "documents");
  text += row("completion", result.completion);
  text += row("bound", result.bound);
  text += row("unigram", result.unigram);
  return text + "\n" + kDefinitions;
}

nlohmann::ordered_json as_json(const Estimate& estimate) {
  return {{"perplexity", estimate.perplexity},
          {"nats_per_token", estimate.nats_per_token},
          {"standard_error", estimate.standard_error},
          {"tokens", estimate.tokens},
          {"docs", estimate.docs}};
}

std::string as_json(const EvaluateResult& result, const std::string& corpus) {
  const nlohmann::ordered_json document = {{"completion", as_json(result.completion)},
                                           {"bound", as_json(result.bound)},
                                           {"unigram", as_json(result.unigram)},
                                           {"docs", result.docs},
                                           {"empty_docs", result.empty_docs},
                                           {"tokens", result.tokens},
                                           {"out_of_vocabulary", result.out_of_vocabulary},
                                           {"model", result.model},
                                           {"corpus", corpus}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

class EvaluateSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"evaluate", "perplexity of a model on other documents",
            "Prints the held-out perplexity of a model on CORPUS, lower is better, by two "
            "estimators that must not be compared with each other: document completion and the "
            "document bound, with the unigram baseline beside them. The figures do not depend on "
            "the order of the documents, and the model is not changed.",
            "svi-lda evaluate run test.docword.txt.gz\n"
            "# a corpus with a vocabulary of its own\n"
            "svi-lda evaluate run other.txt --vocab other-vocab.txt\n"
            "svi-lda evaluate run test.docword.txt.gz --format json > figures.json\n"};
  }
  OptionTable table() override { return evaluate_table(command_, common()); }

  int execute(TerminalSink&) override {
    const EvaluateResult result = svi_lda::evaluate(command_.options);
    const std::string& corpus = command_.options.corpus;
    print(command_.format == "json" ? as_json(result, corpus) : as_text(result, corpus));
    if (!(result.completion.perplexity < result.unigram.perplexity)) {
      spdlog::warn(
          "completion ({:.1f}) is not better than the unigram baseline ({:.1f}): the topics tell "
          "nothing about these documents; train longer, or check that the vocabularies agree",
          result.completion.perplexity, result.unigram.perplexity);
    }
    return kExitSuccess;
  }

 private:
  EvaluateCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_evaluate_command() { return std::make_unique<EvaluateSubcommand>(); }

}  // namespace svi_lda::cli

#include "svi_lda/evaluate.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/topic_quality_output.h"

namespace svi_lda::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidth = 80;
constexpr std::size_t kNameWidth = 20;

// What beside the estimators stands in the table.
constexpr const char* kColumns[][2] = {
    {"perplexity",
     "exp of nats/token, which is minus the mean log likelihood of a token; less is "
     "better. Those of different estimators must not be compared"},
    {"std. error", "of the perplexity, from the variation between documents"},
    {"unigram", "perplexity of the unigram baseline on the same tokens"},
};

std::string definition(const std::string& name, const std::string& text) {
  return fmt::format("{:<{}}  {}\n", name, kNameWidth,
                     wrapped(text, kWidth - kNameWidth - 2, kNameWidth + 2));
}

std::string with_share(std::uint64_t part, std::uint64_t whole) {
  if (part == 0) return "0";
  return fmt::format("{} ({:.2f}% of all tokens)", part,
                     100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string documents_of(const EvaluateResult& result) {
  std::string text = fmt::format("{} ({} empty", result.docs, result.empty_docs);
  for (const Figure& figure : result.figures) {
    if (figure.one_token_docs == 0) continue;
    return text +
           fmt::format("; {} of one token, which completion cannot split)", figure.one_token_docs);
  }
  return text + ")";
}

// One number where all are equal.
std::string alpha_text(const std::vector<double>& alpha) {
  const auto [least, most] = std::minmax_element(alpha.begin(), alpha.end());
  const double sum = std::accumulate(alpha.begin(), alpha.end(), 0.0);
  return *least == *most ? fmt::format("{} per topic", *least)
                         : fmt::format("{} to {} per topic, {:g} in all", *least, *most, sum);
}

std::string table_of(const EvaluateResult& result) {
  std::string text = fmt::format("{:<{}}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}  {:>9}\n",
                                 "estimator", kNameWidth, "perplexity", "std. error", "nats/token",
                                 "unigram", "tokens", "documents");
  for (const Figure& f : result.figures) {
    // Of one document there is no error to tell; topics of a file come without a training corpus,
    // whose words are the baseline.
    const std::string error =
        std::isfinite(f.standard_error) ? fmt::format("{:.4f}", f.standard_error) : "-";
    const std::string unigram = std::isnan(f.unigram) ? "-" : fmt::format("{:.2f}", f.unigram);
    text +=
        fmt::format("{:<{}}  {:>10.4f}  {:>10}  {:>10.6f}  {:>10}  {:>10}  {:>9}\n", f.name,
                    kNameWidth, f.perplexity, error, f.nats_per_token, unigram, f.tokens, f.docs);
  }
  for (const Figure& f : result.figures) {
    if (!f.sampling_error) continue;
    text += fmt::format("of the standard error of {}, {:.4f} come from its random numbers\n",
                        f.name, *f.sampling_error);
  }
  return text;
}

std::string foreign_table(const EvaluateResult& result, const std::string& tool) {
  std::string text = fmt::format(
      "as {} computes it; comparable with nothing above, nor between other corpora,\n"
      "numbers of topics or vocabularies:\n",
      tool);
  for (const ForeignFigure& f : result.foreign) {
    text += fmt::format("  {:<42}  {:>16.8g}\n", f.name, f.value);
  }
  return text;
}

std::vector<std::string> inputs_of(const EvaluateOptions& options) {
  std::vector<std::string> inputs = {options.corpus};
  inputs.insert(inputs.end(), options.further_corpora.begin(), options.further_corpora.end());
  return inputs;
}

// The first of them, and how many more.
std::string inputs_text(const EvaluateOptions& options) {
  constexpr std::size_t kNamed = 3;
  const std::vector<std::string> inputs = inputs_of(options);
  std::string text = printable(inputs.front());
  for (std::size_t i = 1; i < std::min(inputs.size(), kNamed); ++i) {
    text.append(", ").append(printable(inputs[i]));
  }
  if (inputs.size() > kNamed) text += fmt::format(" and {} more", inputs.size() - kNamed);
  return text;
}

std::string as_text(const EvaluateResult& result, const EvaluateOptions& options) {
  std::string text = fmt::format("model:             {}\n", printable(result.model));
  if (!result.alpha.empty())
    text += fmt::format("alpha:             {}\n", alpha_text(result.alpha));
  text += fmt::format("corpus:            {}\n", inputs_text(options));
  text += fmt::format("documents:         {}\n", documents_of(result));
  text += fmt::format("tokens:            {}\n", result.tokens);
  text +=
      fmt::format("out of vocabulary: {}, left out\n\n",
                  with_share(result.out_of_vocabulary, result.tokens + result.out_of_vocabulary));
  text += table_of(result) + "\n";
  if (!result.foreign.empty()) text += foreign_table(result, options.compat) + "\n";
  for (const EstimatorInfo& info : estimators()) {
    for (const Figure& figure : result.figures) {
      if (figure.name == info.name) text += definition(info.name, info.definition);
    }
  }
  for (const auto& [name, meaning] : kColumns) {
    // The baseline's definition stands among the estimators where it is one of them.
    text += definition(name == std::string("unigram") ? "(column) unigram" : name, meaning);
  }
  for (const ForeignFigure& f : result.foreign) {
    text += wrapped(f.name + ": " + f.definition, kWidth, 2) + "\n";
  }
  if (result.topic_quality) text.append("\n").append(topic_quality_text(*result.topic_quality));
  return text;
}

// The topics where they were asked for, else the estimators: one table a file.
std::string as_tsv(const EvaluateResult& result) {
  if (result.topic_quality) return topic_quality_tsv(*result.topic_quality);
  std::string text =
      "estimator\tperplexity\tstandard_error\tnats_per_token\tunigram\ttokens\tdocs\n";
  for (const Figure& f : result.figures) {
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", f.name, tsv_field(f.perplexity),
                        tsv_field(f.standard_error), tsv_field(f.nats_per_token),
                        tsv_field(f.unigram), f.tokens, f.docs);
  }
  return text;
}

// What is not a number becomes null.
Json as_json(const Figure& figure) {
  Json json = {
      {"perplexity", figure.perplexity},
      {"nats_per_token", figure.nats_per_token},
      {"standard_error", figure.standard_error},
      {"standard_error_nats", figure.standard_error_nats},
      {"unigram_perplexity", figure.unigram},
      {"tokens", figure.tokens},
      {"docs", figure.docs},
      {"skipped_docs", {{"empty", figure.empty_docs}, {"one_token", figure.one_token_docs}}}};
  if (figure.sampling_error) json["sampling_error"] = *figure.sampling_error;
  for (const EstimatorInfo& info : estimators()) {
    if (info.name != figure.name) continue;
    json["held_out"] = info.held_out;
    json["definition"] = info.definition;
  }
  return json;
}

std::string as_json(const EvaluateResult& result, const EvaluateOptions& options) {
  Json document;
  for (const Figure& figure : result.figures) document[figure.name] = as_json(figure);
  if (!result.foreign.empty()) {
    Json& foreign = document["not_comparable"][options.compat];
    for (const ForeignFigure& f : result.foreign) {
      foreign[f.name] = {{"value", f.value}, {"definition", f.definition}};
    }
  }
  document["docs"] = result.docs;
  document["empty_docs"] = result.empty_docs;
  document["tokens"] = result.tokens;
  document["out_of_vocabulary"] = result.out_of_vocabulary;
  document["warnings"] = result.warnings;
  document["model"] = result.model;
  document["corpus"] = options.corpus;
  if (!options.further_corpora.empty()) document["corpora"] = inputs_of(options);
  if (!result.alpha.empty()) document["alpha"] = result.alpha;
  if (result.topic_quality) document["topic_quality"] = topic_quality_json(*result.topic_quality);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

class EvaluateSubcommand final : public Command {
 public:
  CommandText text() const override {
    return {"evaluate", "perplexity of a model on other documents",
            "Prints the held-out perplexity of a model on CORPUS, lower is better, by estimators "
            "that must not be compared with each other, with the unigram baseline beside each. "
            "completion, bound and unigram take little time; left-to-right takes time with the "
            "square of a document's length. The figures do not depend on the order of the "
            "documents, and the model is not changed.",
            "svi-lda evaluate run test.docword.txt.gz\n"
            "# a corpus with a vocabulary of its own\n"
            "svi-lda evaluate run other.txt --vocab other-vocab.txt\n"
            "# the likelihood of whole documents\n"
            "svi-lda evaluate run test.docword.txt.gz --estimator completion,left-to-right\n"
            "# beside what scikit-learn would print\n"
            "svi-lda evaluate run test.docword.txt.gz --compat scikit-learn\n"
            "svi-lda evaluate run test.docword.txt.gz --format json > figures.json\n"
            "# coherence and the like of each topic, words counted in the training corpus\n"
            "svi-lda evaluate run test.docword.txt.gz --coherence \\\n"
            "    --reference docword.txt.gz\n"
            "# topics of another program, saved by numpy\n"
            "svi-lda evaluate --topics topics.npy --vocab vocab.txt test.docword.txt.gz\n"};
  }
  OptionTable table() override { return evaluate_table(command_, common()); }

  int execute(TerminalSink& terminal) override {
    WorkReporter reporter(terminal);
    const EvaluateResult result = svi_lda::evaluate(
        command_.options, [&](std::uint64_t docs) { reporter.update("scoring", docs); });
    terminal.set_status({});
    if (command_.format == "tsv") {
      print(as_tsv(result));
    } else {
      print(command_.format == "json" ? as_json(result, command_.options)
                                      : as_text(result, command_.options));
    }
    for (const std::string& warning : result.warnings) spdlog::warn("{}", warning);
    return kExitSuccess;
  }

 private:
  EvaluateCommand command_;
};

}  // namespace

std::unique_ptr<Command> make_evaluate_command() { return std::make_unique<EvaluateSubcommand>(); }

}  // namespace svi_lda::cli

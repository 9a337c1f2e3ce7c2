#include "app/report_figures.h"

#include <spdlog/fmt/fmt.h>

namespace svi_lda {
namespace {

constexpr const char* kCompletion =
    "Each document is split at random, by its content, into two halves; its topic proportions are "
    "inferred from the first, and the second is scored under them and the mean of the topics.";
constexpr const char* kBound =
    "exp of minus the variational bound per token of whole documents given the topics (Hoffman, "
    "Blei, Bach 2010, eq. 16). The true perplexity is below it. Not comparable with completion.";
constexpr const char* kUnigram =
    "The baseline: the training corpus' word frequencies plus one, without topics, on the tokens "
    "that completion scores. A model worth having is below it.";
constexpr const char* kHeldOut = "documents held out in training";

NamedFigure perplexity(const char* name, const Estimate& estimate, const std::string& on,
                       const char* definition) {
  NamedFigure figure;
  figure.name = name;
  figure.kind = "perplexity";
  figure.value = estimate.perplexity;
  figure.standard_error = estimate.standard_error;
  figure.nats_per_token = estimate.nats_per_token;
  figure.tokens = estimate.tokens;
  figure.docs = estimate.docs;
  figure.on = on;
  figure.definition = definition;
  return figure;
}

}  // namespace

std::vector<NamedFigure> figures_of(const std::vector<MetricsRecord>& records) {
  std::vector<NamedFigure> figures;
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    if (!record->held_out_perplexity) continue;
    NamedFigure figure;
    figure.name = record->held_out_estimator;
    figure.kind = "perplexity";
    figure.value = *record->held_out_perplexity;
    figure.standard_error = record->held_out_standard_error;
    figure.tokens = record->held_out_tokens;
    figure.on = kHeldOut;
    figure.definition = kCompletion;
    figures.push_back(figure);
    if (record->unigram_perplexity) {
      figure.name = "unigram";
      figure.value = *record->unigram_perplexity;
      figure.standard_error.reset();
      figure.definition = kUnigram;
      figures.push_back(figure);
    }
    break;
  }
  return figures;
}

std::vector<NamedFigure> figures_of(const EvaluateResult& result, const std::string& corpus) {
  return {perplexity("completion", result.completion, corpus, kCompletion),
          perplexity("bound", result.bound, corpus, kBound),
          perplexity("unigram", result.unigram, corpus, kUnigram)};
}

std::vector<std::string> warnings_of(const std::vector<NamedFigure>& figures) {
  std::vector<std::string> warnings;
  for (const NamedFigure& model : figures) {
    for (const NamedFigure& unigram : figures) {
      if (model.name != "completion" || unigram.name != "unigram" || model.on != unigram.on ||
          model.value < unigram.value) {
        continue;
      }
      warnings.push_back(fmt::format(
          "On {} the perplexity by completion ({:.1f}) is not below the unigram baseline ({:.1f}): "
          "there the topics tell nothing that word frequencies do not.",
          model.on, model.value, unigram.value));
    }
  }
  return warnings;
}

}  // namespace svi_lda

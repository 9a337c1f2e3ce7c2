#include "app/report_figures.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <filesystem>
#include <utility>

namespace svi_lda {
namespace {

constexpr const char* kHeldOut = "documents held out in training";

std::string definition_of(const std::string& name) {
  for (const EstimatorInfo& estimator : estimators()) {
    if (estimator.name == name) return estimator.definition;
  }
  return {};
}

// Means over topics; what no topic has a figure for is left out.
void add_quality(const TopicQuality& quality, std::vector<NamedFigure>& figures) {
  const auto add = [&](const char* name, const char* kind, double value, std::string definition) {
    if (!std::isfinite(value)) return;
    NamedFigure figure;
    figure.name = name;
    figure.kind = kind;
    figure.value = value;
    figure.on =
        "topics, counted in " + std::filesystem::path(quality.reference).filename().string();
    figure.definition = std::move(definition);
    figures.push_back(std::move(figure));
  };
  const std::string words = fmt::format("the {} most probable words of a topic", quality.top);
  add("C_v", "coherence", quality.c_v,
      "How alike the contexts of " + words +
          " are (Röder, Both, Hinneburg 2015); mean over topics.");
  add("NPMI", "coherence", quality.npmi,
      "Normalized pointwise mutual information of pairs of " + words + "; mean over topics.");
  add("UMass", "coherence", quality.umass,
      "log of how often a word comes with one that ranks above it (Mimno et al. 2011), over " +
          words + "; mean over topics.");
  add("exclusivity", "share", quality.exclusivity,
      "How far " + words + " are that topic's alone; mean over topics.");
  add("diversity", "share", quality.diversity,
      fmt::format("Distinct words among the first {} of all topics, over all of these.",
                  kDiversityWords));
  add("duplicate topics", "topics", static_cast<double>(quality.duplicates),
      fmt::format("Topics that share {} of their first {} words with another.", kDuplicateShared,
                  kDuplicateWords));
  add("dead topics", "topics", static_cast<double>(quality.dead),
      "Topics without weight, or with the words of the whole corpus.");
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
    figure.definition = definition_of(figure.name);
    figures.push_back(figure);
    if (record->unigram_perplexity) {
      figure.name = "unigram";
      figure.value = *record->unigram_perplexity;
      figure.standard_error.reset();
      figure.definition = definition_of(figure.name);
      figures.push_back(figure);
    }
    break;
  }
  return figures;
}

std::vector<NamedFigure> figures_of(const EvaluateResult& result, const std::string& corpus) {
  std::vector<NamedFigure> figures;
  for (const Figure& from : result.figures) {
    NamedFigure figure;
    figure.name = from.name;
    figure.kind = "perplexity";
    figure.value = from.perplexity;
    if (std::isfinite(from.standard_error)) figure.standard_error = from.standard_error;
    figure.nats_per_token = from.nats_per_token;
    figure.tokens = from.tokens;
    figure.docs = from.docs;
    figure.on = corpus;
    figure.definition = definition_of(from.name);
    figures.push_back(std::move(figure));
  }
  if (result.topic_quality) add_quality(*result.topic_quality, figures);
  for (const ForeignFigure& from : result.foreign) {
    NamedFigure figure;
    figure.name = from.name;
    figure.kind = "as that tool prints it";
    figure.value = from.value;
    figure.on = corpus;
    figure.definition = from.definition;
    figures.push_back(std::move(figure));
  }
  return figures;
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

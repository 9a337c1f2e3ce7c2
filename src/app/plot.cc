#include "svi_lda/plot.h"

#include <algorithm>
#include <filesystem>

#include "app/locate_model.h"
#include "app/run_directory.h"
#include "output/metrics_reader.h"
#include "output/svg_perplexity.h"
#include "output/svg_top_words.h"
#include "output/top_words.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

PerplexityCurve curve_of(const std::vector<MetricsRecord>& records, const std::string& over,
                         std::uint64_t docs) {
  PerplexityCurve curve;
  curve.axis = over == "tokens"      ? "tokens seen"
               : over == "documents" ? "documents seen"
               : over == "passes"    ? "passes through the corpus"
                                     : "seconds of training";
  for (const MetricsRecord& record : records) {
    if (!record.held_out_perplexity) continue;
    const double x = over == "tokens"      ? static_cast<double>(record.tokens)
                     : over == "documents" ? static_cast<double>(record.docs)
                     : over == "passes"
                         ? static_cast<double>(record.docs) / static_cast<double>(docs)
                         : record.seconds;
    curve.points.push_back(
        {x, *record.held_out_perplexity, record.held_out_standard_error.value_or(0.0)});
    curve.estimator = record.held_out_estimator;
    curve.unigram = record.unigram_perplexity;
  }
  return curve;
}

}  // namespace

std::vector<Plot> plot(const PlotOptions& options) {
  if (options.over != "time" && options.over != "tokens" && options.over != "documents" &&
      options.over != "passes") {
    throw Error(ErrorKind::kUsage,
                "--over '" + options.over + "': must be time, tokens, documents or passes");
  }
  std::string source;
  const Model model = load_model(options.run, source);
  if (options.over == "passes" && !model.meta.passes) {
    throw Error(ErrorKind::kUsage, "--over passes: the run saw a stream, each document once",
                "take --over documents");
  }
  std::vector<TopicSummary> topics = top_words(model.topics, model.hyper, model.vocabulary,
                                               static_cast<std::uint32_t>(options.words));
  topics.resize(std::min(topics.size(), static_cast<std::size_t>(options.topics)));
  std::vector<Plot> plots = {{"topics.svg", top_words_svg(topics)}};
  if (!std::filesystem::is_directory(options.run)) return plots;
  const PerplexityCurve curve = curve_of(read_metrics(RunDirectory(options.run).metrics()),
                                         options.over, std::max<std::uint64_t>(model.meta.docs, 1));
  if (!curve.points.empty()) plots.push_back({"perplexity.svg", perplexity_svg(curve)});
  return plots;
}

}  // namespace svi_lda

#include "app/duplicates.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <vector>

#include "app/document_draw.h"
#include "app/inference_method.h"
#include "app/settling.h"
#include "base/random.h"
#include "eval/duplicate_topics.h"
#include "global/average_topics.h"
#include "global/merge_topics.h"

namespace svi_lda {
namespace {

// What a topic that begins anew weighs in lambda, as a share of the mean: little, so that it soon
// is what it finds.
constexpr double kMass = 0.1;

bool may_merge(const TrainingRun& run) {
  const std::uint64_t pass = run.state.position.pass;
  return !run.base && pass >= kFirstMergingPass && std::has_single_bit(pass) &&
         2 * run.state.step <= kFewestSteps && run.state.gradient.empty() &&
         run.state.hyper.eta_words.empty() && !is_coordinate_ascent(method_of(run.options)) &&
         run.options.seed_words.empty() && run.corpus->documents() != nullptr;
}

}  // namespace

void merge_duplicates(TrainingRun& run, const Parallel& parallel) {
  if (!may_merge(run)) return;
  TrainingState& state = run.state;
  const double eta = state.hyper.eta;
  const double num_topics = state.topics.num_topics();
  std::vector<DuplicateTopics> pairs = duplicate_topics(state.topics, eta, parallel);
  if (pairs.empty()) return;
  pairs.resize(
      std::min(pairs.size(), static_cast<std::size_t>(std::max(1.0, kMostMerged * num_topics))));
  const auto sums = state.topics.row_sums();
  const double mass = kMass * std::accumulate(sums.begin(), sums.end(), 0.0) / num_topics;
  DocumentDraw draw(*run.corpus->documents(), mix64(run.options.seed ^ state.step));
  std::vector<WordWeight> words;
  for (const DuplicateTopics& pair : pairs) {
    words.clear();
    draw(pair.second, words);
    merge_topics(pair.second, pair.first, eta, words, mass, parallel, state.topics, state.samples);
    if (!state.average.empty()) {
      for (const std::uint32_t topic : {pair.first, pair.second}) {
        begin_average_anew(topic, state.topics, state.average);
      }
    }
  }
  spdlog::info("pass {}: {} that said the same as another: merged with it, begun anew",
               state.position.pass,
               pairs.size() == 1 ? "1 topic" : fmt::format("{} topics", pairs.size()));
}

}  // namespace svi_lda

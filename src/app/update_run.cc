#include "app/update_run.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "app/maximization_step.h"
#include "app/step_rule.h"
#include "global/adaptive_step.h"

namespace svi_lda {
namespace {

void scale_above_prior(double factor, const Hyperparameters& hyper, const Parallel& parallel,
                       Topics& topics) {
  const Eta eta = hyper.word_prior();
  const std::uint32_t num_topics = topics.num_topics();
  parallel.for_chunks(topics.vocab_size(), 1024, [&](std::size_t begin, std::size_t end, int) {
    auto seed = std::lower_bound(
        hyper.seeds.begin(), hyper.seeds.end(), begin,
        [](const SeededWord& seeded, std::size_t word) { return seeded.word < word; });
    std::vector<double> extra(num_topics, 0.0);
    std::vector<float> lambda(num_topics);
    for (std::size_t i = begin; i < end; ++i) {
      const auto w = static_cast<std::uint32_t>(i);
      const auto first = seed;
      for (; seed != hyper.seeds.end() && seed->word == w; ++seed) extra[seed->topic] = seed->extra;
      topics.lambda_row(w, lambda.data());
      float* const row = topics.row(w);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        const double above = static_cast<double>(lambda[k]) - eta(w) - extra[k];
        row[k] = static_cast<float>(extra[k] + (above > 0.0 ? factor * above : above));
      }
      for (auto done = first; done != seed; ++done) extra[done->topic] = 0.0;
    }
  });
  topics.restore(
      1.0, eta.per_word() ? eta.sum(topics.vocab_size()) / topics.vocab_size() : eta.each(),
      std::vector<double>(topics.row_sums().begin(), topics.row_sums().end()), hyper.eta_words);
  topics.set_row_sums(topics.sum_rows(parallel));
}

}  // namespace

std::optional<UpdateSteps> step_sizes_of(const TrainingRun& run) {
  if (!run.base) return std::nullopt;
  return UpdateSteps(run.options, run.base->model);
}

UpdateShares update_shares(const TrainingRun& run) {
  const ModelBase& base = run.base->model;
  return {base.step_size, base.docs, static_cast<std::uint64_t>(run.corpus->docs()),
          run.state.base_share};
}

bool update_averages(const TrainOptions& options, const Hyperparameters& hyper,
                     const ModelBase& base) {
  return update_step_size_from_name(base.step_size) == UpdateStepSize::kRestart &&
         averages(options) && hyper.seeds.empty() && hyper.eta_words.empty();
}

TrainingState state_of_update(const TrainOptions& options, const ModelBase& base, Model model,
                              double new_docs, const Parallel& parallel) {
  const auto old_docs = static_cast<double>(base.docs);
  scale_above_prior((old_docs + new_docs) / old_docs, model.hyper, parallel, model.topics);
  TrainingState state{
      std::move(model.topics),           std::move(model.hyper), base.step, {}, 0, 0, 0.0, {},
      initial_samples(options, new_docs)};
  const bool even = update_step_size_from_name(base.step_size) == UpdateStepSize::kEven;
  if (step_rule_of(options) == StepRule::kAdaptive && !even) {
    state.gradient = initial_gradient(state.topics);
  }
  if (update_averages(options, state.hyper, base)) {
    // The first step replaces it.
    state.average.mean = state.topics;
    state.average.taken.assign(state.topics.vocab_size(), 0.0);
  }
  return state;
}

}  // namespace svi_lda

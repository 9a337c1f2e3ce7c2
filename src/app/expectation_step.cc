#include "app/expectation_step.h"

#include "app/automatic.h"
#include "stats/reduce.h"
#include "stats/reduce_samples.h"

namespace svi_lda {

InferenceMethod method_at(const TrainOptions& options, std::uint64_t docs, double corpus_docs) {
  if (options.inference == "vb") return InferenceMethod::kVb;
  if (options.inference == "em") return InferenceMethod::kEm;
  if (options.inference == "gibbs") return InferenceMethod::kGibbs;
  return static_cast<double>(docs) < documents_by_em(corpus_docs) ? InferenceMethod::kEm
                                                                  : InferenceMethod::kGibbs;
}

ExpectationStep::ExpectationStep(const TrainOptions& options, double corpus_docs)
    : options_(options), corpus_docs_(corpus_docs) {}

void ExpectationStep::local(const Minibatch& batch, const TrainingState& state,
                            const Parallel& parallel, BesideTasks beside) {
  method_ = method_at(options_, state.docs, corpus_docs_);
  if (method_ == InferenceMethod::kGibbs) {
    const auto sweeps = static_cast<int>(options_.sweeps);
    const SampledStepOptions sampling{sweeps, sweeps - static_cast<int>(options_.burn_in),
                                      options_.seed};
    sampled_step(batch, state.topics, state.hyper, sampling, state.step + 1, parallel, samples_,
                 beside);
    return;
  }
  LocalStepOptions local;
  local.method = method_ == InferenceMethod::kVb ? LocalMethod::kVb : LocalMethod::kMeans;
  local.max_iterations = static_cast<int>(options_.inner_iterations);
  local.tolerance = options_.inner_tolerance;
  local_step(batch, state.topics, state.hyper, local, parallel, responsibilities_, beside);
}

void ExpectationStep::reduce(const Minibatch& batch, const TrainingState& state,
                             const Parallel& parallel, SufficientStats& stats) {
  const std::uint32_t topics = state.topics.num_topics();
  if (method_ == InferenceMethod::kGibbs) {
    reduce_samples(batch, topics, samples_, parallel, stats);
  } else {
    svi_lda::reduce(batch, topics, responsibilities_, parallel, stats);
  }
}

const LocalWork& ExpectationStep::work() const {
  return method_ == InferenceMethod::kGibbs ? samples_.work : responsibilities_.work;
}

}  // namespace svi_lda

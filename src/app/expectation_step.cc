#include "app/expectation_step.h"

#include <algorithm>
#include <cmath>

#include "stats/reduce.h"
#include "stats/reduce_corrected.h"
#include "stats/reduce_samples.h"

namespace svi_lda {
namespace {

// cvb0 sorts the words into topics at once, in a third of sampling's time, but then stays where it
// is; sampling goes on from there to better ones. A small corpus is not through with the sorting
// after one pass.
constexpr double kFewestStepsByCvb0 = 100.0;

}  // namespace

std::uint64_t passes_by_cvb0(const TrainOptions& options, double corpus_docs) {
  const double docs = kFewestStepsByCvb0 * static_cast<double>(options.batch_size);
  return static_cast<std::uint64_t>(std::max(1.0, std::ceil(docs / corpus_docs)));
}

InferenceMethod method_at(const TrainOptions& options, std::uint64_t docs, double corpus_docs) {
  const InferenceMethod method = method_of(options);
  if (method != InferenceMethod::kAuto) return method;
  const auto by_cvb0 = static_cast<double>(passes_by_cvb0(options, corpus_docs)) * corpus_docs;
  return static_cast<double>(docs) < by_cvb0 ? InferenceMethod::kCvb0 : InferenceMethod::kGibbs;
}

namespace {

// gamma of the minibatch's documents as the state remembers it.
void recall(const Minibatch& batch, const TrainingState& state, Responsibilities& to) {
  const std::size_t num_topics = state.topics.num_topics();
  const std::size_t stride = state.topics.stride();
  to.gamma.assign(batch.num_docs() * stride, kSmallestParameter);
  for (std::size_t i = 0; i < batch.num_docs(); ++i) {
    std::copy_n(state.memory.gamma.data() + (batch.doc_number[i] - 1) * num_topics, num_topics,
                to.gamma.data() + i * stride);
  }
}

}  // namespace

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
                 beside, state.samples);
    return;
  }
  if (method_ == InferenceMethod::kCvb0) {
    cvb0_step(batch, state.topics, state.hyper,
              {static_cast<int>(options_.inner_iterations), options_.inner_tolerance}, parallel,
              corrected_, beside);
    return;
  }
  LocalStepOptions local;
  local.method = method_ == InferenceMethod::kEm ? LocalMethod::kMeans : LocalMethod::kVb;
  local.max_iterations = static_cast<int>(options_.inner_iterations);
  local.tolerance = options_.inner_tolerance;
  // From where the last pass left each document: else the corpus bound could fall.
  local.warm_start = is_coordinate_ascent(method_) && state.position.pass > 0;
  if (local.warm_start) recall(batch, state, responsibilities_);
  local_step(batch, state.topics, state.hyper, local, parallel, responsibilities_, beside);
}

void ExpectationStep::reduce(const Minibatch& batch, const TrainingState& state,
                             const Parallel& parallel, SufficientStats& stats) {
  const std::uint32_t topics = state.topics.num_topics();
  if (method_ == InferenceMethod::kGibbs) {
    reduce_samples(batch, topics, samples_, parallel, stats);
  } else if (method_ == InferenceMethod::kCvb0) {
    reduce_corrected(batch, topics, corrected_, parallel, stats);
  } else {
    svi_lda::reduce(batch, topics, responsibilities_, parallel, stats);
  }
}

const LocalWork& ExpectationStep::work() const {
  switch (method_) {
    case InferenceMethod::kGibbs:
      return samples_.work;
    case InferenceMethod::kCvb0:
      return corrected_.work;
    default:
      return responsibilities_.work;
  }
}

}  // namespace svi_lda

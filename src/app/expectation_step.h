#pragma once

#include "base/parallel.h"
#include "local/local_step.h"
#include "local/sampled_step.h"
#include "minibatch/minibatch.h"
#include "model/training_state.h"
#include "stats/sufficient_stats.h"
#include "stats/topic_samples.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --inference names, one local step and its reduction each.
enum class InferenceMethod { kVb, kEm, kGibbs };

// The method of the next minibatch when `docs` documents have been seen. auto: em for the first
// documents_by_em(corpus_docs), from there gibbs.
InferenceMethod method_at(const TrainOptions& options, std::uint64_t docs, double corpus_docs);

// From a minibatch to its sufficient statistics, by the run's method.
class ExpectationStep {
 public:
  ExpectationStep(const TrainOptions& options, double corpus_docs);

  // The local step for the state's next global step; the tasks `beside` are done meanwhile.
  void local(const Minibatch& batch, const TrainingState& state, const Parallel& parallel,
             BesideTasks beside);
  // Reduces what local() left.
  void reduce(const Minibatch& batch, const TrainingState& state, const Parallel& parallel,
              SufficientStats& stats);
  // What local() did.
  const LocalWork& work() const;

 private:
  const TrainOptions& options_;
  double corpus_docs_;
  InferenceMethod method_ = InferenceMethod::kVb;
  Responsibilities responsibilities_;
  TopicSamples samples_;
};

}  // namespace svi_lda

#pragma once

#include "app/inference_method.h"
#include "base/parallel.h"
#include "local/cvb0_step.h"
#include "local/local_step.h"
#include "local/sampled_step.h"
#include "minibatch/minibatch.h"
#include "model/training_state.h"
#include "stats/corrected_responsibilities.h"
#include "stats/sufficient_stats.h"
#include "stats/topic_samples.h"
#include "svi_lda/train.h"

namespace svi_lda {

// The passes that --inference auto makes by cvb0 at first: one, or more where that is less than 100
// steps.
std::uint64_t passes_by_cvb0(const TrainOptions& options, double corpus_docs);

// The method of the next minibatch, never kAuto, when `docs` documents have been seen.
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
  // What local() and reduce() left, by a method that keeps phi in factored form: vb, em, batch,
  // incremental.
  const Responsibilities& responsibilities() const { return responsibilities_; }
  // What local() left by any method but sampling: q(theta_d) = Dir(gamma_d), [S x stride].
  const AlignedVector<float>& gamma() const {
    return method_ == InferenceMethod::kCvb0 ? corrected_.gamma : responsibilities_.gamma;
  }
  // What local() left by sampling; null where it did not sample.
  const TopicSamples* samples() const {
    return method_ == InferenceMethod::kGibbs ? &samples_ : nullptr;
  }

 private:
  const TrainOptions& options_;
  double corpus_docs_;
  InferenceMethod method_ = InferenceMethod::kVb;
  Responsibilities responsibilities_;
  CorrectedResponsibilities corrected_;
  TopicSamples samples_;
};

}  // namespace svi_lda

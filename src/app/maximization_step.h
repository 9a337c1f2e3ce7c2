#pragma once

#include <cstdint>
#include <optional>

#include "app/expectation_step.h"
#include "app/update_steps.h"
#include "base/parallel.h"
#include "global/alpha_step.h"
#include "global/eta_step.h"
#include "global/step_size.h"
#include "minibatch/minibatch.h"
#include "model/training_state.h"
#include "stats/sufficient_stats.h"
#include "svi_lda/train.h"

namespace svi_lda {

// From the sufficient statistics of a minibatch to lambda, by the run's method: a natural-gradient
// step, or coordinate ascent with what the run remembers of the documents.
class MaximizationStep {
 public:
  // `options` must outlive this. `update`: the step sizes of an update, which keeps alpha and eta
  // as they are.
  MaximizationStep(const TrainOptions& options, double corpus_docs,
                   const std::optional<UpdateSteps>& update = std::nullopt);

  // Takes global step state.step, with what the expectation step left of `batch`. `factor`: of the
  // step size, in (0, 1]. `pass_ended`: the minibatch is the last of its pass. Returns rho, 1 where
  // there is no step size.
  double step(const Minibatch& batch, const ExpectationStep& expectation,
              const SufficientStats& stats, double factor, bool pass_ended,
              const Parallel& parallel, TrainingState& state);

 private:
  void ascend(const Minibatch& batch, const Responsibilities& responsibilities,
              const SufficientStats& stats, bool pass_ended, const Parallel& parallel,
              TrainingState& state);
  void learn(const Minibatch& batch, const ExpectationStep& expectation, double rho,
             const Parallel& parallel, TrainingState& state);
  double ascend_alpha(const Parallel& parallel, TrainingState& state);
  double ascend_eta(const Parallel& parallel, TrainingState& state);

  const TrainOptions& options_;
  AlphaLearning alpha_learning_;
  EtaLearning eta_learning_;
  double corpus_docs_;
  StepSize step_size_;
  std::optional<UpdateSteps> update_;
};

// What a run by this method remembers before its first step: nothing, or room for `docs` documents.
DocumentMemory initial_memory(const TrainOptions& options, double docs);

// A mean of lambda to which nothing has been added; none where the run takes none.
TopicAverage initial_average(const TrainOptions& options, const Topics& topics);

// lambda as the run gives it to those who ask: the mean, where it takes one and has taken a step.
// `copy` holds it where the mean must be completed for that, which the state is not.
const Topics& resulting_topics(const TrainingState& state, const Parallel& parallel,
                               std::optional<Topics>& copy);

// The same of samples, for a run that leaves documents out of the topics that they are sampled
// with.
SampleMemory initial_samples(const TrainOptions& options, double docs);

// What leaving documents out takes, in bytes, of a corpus of `docs` documents and `tokens` tokens.
double sample_bytes(const TrainOptions& options, double docs, double tokens);

// About what coordinate ascent comes to remember, in bytes, of a corpus of `docs` documents whose
// minibatches have `words` distinct words each; 0 by other methods.
double remembered_bytes(const TrainOptions& options, double docs, double words,
                        std::uint32_t vocab_size);

}  // namespace svi_lda

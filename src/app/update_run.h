#pragma once

#include <optional>

#include "app/training_run.h"
#include "app/update_steps.h"
#include "base/parallel.h"
#include "model/training_state.h"
#include "output/model_file.h"
#include "svi_lda/train.h"

namespace svi_lda {

// The step sizes of a run that is an update; nothing for any other.
std::optional<UpdateSteps> step_sizes_of(const TrainingRun& run);

// What is old and what is new in an update as it stands.
UpdateShares update_shares(const TrainingRun& run);

// Whether an update with these options, of a model with these hyperparameters, takes the mean of
// its steps: where t begins anew, as in a new run that does. With small steps lambda is a mean
// already.
bool update_averages(const TrainOptions& options, const Hyperparameters& hyper,
                     const ModelBase& base);

// The state before the first step of an update with `new_docs` documents of `model`, which is used
// up. What lambda holds above its prior is scaled from the model's D to that of all documents,
//   lambda = prior + (D_old + D_new) / D_old (lambda_old - prior),
// as natural-gradient steps scale what a minibatch says to D. What lies below the prior, left of a
// start, stays as it is. alpha, eta and the prior of seeded words are the model's.
TrainingState state_of_update(const TrainOptions& options, const ModelBase& base, Model model,
                              double new_docs, const Parallel& parallel);

}  // namespace svi_lda

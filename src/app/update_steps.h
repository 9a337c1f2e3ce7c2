#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "global/step_size.h"
#include "output/model_file.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --step-size of an update names: even, continue, restart.
enum class UpdateStepSize { kEven, kContinue, kRestart };
// By that name; nothing for any other.
std::optional<UpdateStepSize> update_step_size_from_name(const std::string& name);

// The step sizes of an update.
//   even      rho = S / (P D_old + n), n the documents that all minibatches of the update had, this
//             one of S included, P its passes. The product of (1 - rho) over all P passes is
//             D_old / (D_old + D_new), and what a minibatch adds is left with S / (P D): each
//             document, old or new, weighs the same (Cappe, Moulines 2009, with gamma_n = 1/n; for
//             one pass the posterior of streaming variational Bayes, Broderick et al. 2013).
//   continue  the run's own rule, t going on from the steps of the model
//   restart   the run's own rule, t = 1, 2, 3, ... as in a new run
class UpdateSteps {
 public:
  // `options` of the update, `base` as it began.
  UpdateSteps(const TrainOptions& options, const ModelBase& base);

  // t by which the run's own rule counts, where `step` counts all steps, those of the model
  // included.
  std::uint64_t t(std::uint64_t step) const { return step - before_; }

  // rho of step t, `docs` having been seen before it, for a minibatch of `batch_docs`; in (0, 1).
  double rho(std::uint64_t t, std::uint64_t docs, std::uint64_t batch_docs,
             const StepSize& rule) const;

 private:
  std::uint64_t before_ = 0;  // steps that t does not count
  double even_docs_ = 0.0;    // P D_old; 0: by the rule
};

}  // namespace svi_lda

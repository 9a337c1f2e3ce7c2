#pragma once

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/gradient_memory.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// A memory for `topics` before the first step.
GradientMemory initial_gradient(const Topics& topics);

// What rho is kept within: the estimate comes to 1 where two minibatches say the same, and to what
// rounding leaves where the mean gradient vanishes.
inline constexpr double kLeastAdaptiveRho = 1e-8;
inline constexpr double kMostAdaptiveRho = 0.99;

// The step size that takes lambda nearest, in mean squared distance, to where the whole corpus
// would take it (Ranganath, Wang, Blei, Xing 2013, section 3), of the next global_step() with the
// same arguments:
//   g     = eta + (D/S) sstats - lambda
//   mean  <- (1 - 1/tau) mean  + (1/tau) g
//   mean2 <- (1 - 1/tau) mean2 + (1/tau) |g|^2
//   rho   = |mean|^2 / mean2,   tau <- tau (1 - rho) + 1.
// One minibatch does not tell gradient from noise (rho would be 1): the first step is `first_rho`
// > 0, and tau is 2 from there; of the others `factor`, in (0, 1], is taken. One rate for all
// topics. Its cost does not depend on V, and no result on the number of threads.
double adaptive_step_size(const Minibatch& batch, const SufficientStats& stats, double corpus_docs,
                          double eta, double first_rho, double factor, const Parallel& parallel,
                          const Topics& topics, GradientMemory& memory);

// After that global_step() has taken rho, and s was `scale_before` before it: where Topics have
// folded s into M, or the memory's own scale is small, brings the memory into its plain form.
void follow_step(double rho, double scale_before, const Parallel& parallel, const Topics& topics,
                 GradientMemory& memory);

}  // namespace svi_lda

#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// Below this rho an addition to M is rounded stochastically: increments then come close to half a
// unit in the last place of M, and rounding to nearest would lose most of them (kappa = 1, 10^6
// steps: entries were off by 1.5%).
inline constexpr double kStochasticRoundingBelow = 1.0 / 4096.0;

// One natural-gradient step (Hoffman et al. 2013, algorithm of section 2.4):
//   lambda <- (1 - rho) lambda + rho (eta + (D/S) sstats)
// with S the documents of this very minibatch. Only the rows of M of its words are touched.
//   t   step number >= 1 (keys the rounding);  corpus_docs = D
// The result does not depend on the number of threads.
void global_step(const Minibatch& batch, const SufficientStats& stats, double corpus_docs,
                 double rho, const Eta& eta, std::uint64_t t, std::uint64_t seed,
                 const Parallel& parallel, Topics& topics);

}  // namespace svi_lda

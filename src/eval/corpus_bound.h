#pragma once

#include <span>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// The corpus bound: the lower bound on log p(corpus | alpha, eta) that coordinate ascent raises
// (Blei, Ng, Jordan 2003, section 5.3 and appendix A.3 with smoothing; Hoffman, Blei, Bach 2010,
// eq. 4), in nats,
//   Sum_d [ document bound of eq. 16, at the phi and gamma_d given ] - Sum_k KL(Dir(lambda_k) ||
//   Dir(eta)).
// Where gamma_d = alpha + Sum_w n_dw phi_dw and lambda = eta + Sum_d n_d phi_d, as after every
// update of coordinate ascent, the expectations E[log theta] and E[log beta] cancel, and what is
// left is a part of each minibatch and one of the topics:
//   Sum_d [ H_d - log C(gamma_d) + log C(alpha) ] + Sum_k [ log C(eta) - log C(lambda_k) ],
// H_d = -Sum_wk n_dw phi_dwk log phi_dwk and C the normalizer of the Dirichlet distribution.
//
// None of these depends on the number of threads.

// The documents' part over a minibatch. `responsibilities` as the VB local step left them, except
// that its rows now hold `stats` (stats/reduce.h); `topics` as the local step saw them.
double documents_bound(const Minibatch& batch, const Responsibilities& responsibilities,
                       const SufficientStats& stats, const Topics& topics,
                       const Hyperparameters& hyper, const Parallel& parallel);

// What of the documents' part depends on alpha, were it `to` and gamma_d followed, phi as it is:
//   Sum_d [ log C(to) - log C(gamma_d - from + to) ].
//   gamma  [D x K], gamma_d = from + Sum_w n_dw phi_dw;  from, to  [K]
double alpha_bound(std::span<const float> gamma, std::span<const double> from,
                   std::span<const double> to, const Parallel& parallel);

// The topics' part.
double topics_bound(const Topics& topics, const Hyperparameters& hyper, const Parallel& parallel);

// Sum_k KL(Dir(lambda_k) || Dir(eta_k)) for whatever lambda is, as nothing cancels where documents
// are others than those that it was fitted to.
double topics_divergence(const Topics& topics, const Hyperparameters& hyper,
                         const Parallel& parallel);

}  // namespace svi_lda

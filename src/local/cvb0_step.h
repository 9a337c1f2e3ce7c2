#pragma once

#include <optional>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"
#include "stats/corrected_responsibilities.h"

namespace svi_lda {

struct Cvb0StepOptions {
  int max_iterations = 10;  // inner iterations a document, >= 1
  double tolerance = 1e-3;  // stop when the mean over topics of |change of E[n_dk]| is below
};

// Fits phi of every document of a minibatch with the topics fixed at E[beta], each token left out
// of the gamma that its own phi is made of (CVB0; Asuncion, Welling, Smyth, Teh 2009; Foulds,
// Boyles, DuBois, Smyth, Welling 2013):
//
//   phi_dwk ~ (gamma_dk - phi_dwk) E[beta_kw],   gamma_dk = alpha_k + Sum_w n_dw phi_dwk
//
// starting from phi = 1/K, all entries of a document at once. What comes out has been through a
// half-step more, with gamma held: the equation solved for phi, with the normalizer of the last
// iteration. So it is its fixed point where the iterations have converged.
//
// How far from the posterior given the topics: a document of one token is exact (1e-6). In models
// of 2 or 3 topics, at most 5 words and 8 tokens, drawn at random and enumerated, gamma_dk -
// alpha_k was off from E[n_dk] by at most so many of the document's tokens, in the topic where it
// is most:
//
//   alpha_k in [0.1, 0.5]  0.3 N_d, 0.05 N_d on average    (without the correction 0.40, 0.081)
//   alpha_k in [0.5, 2]    0.08 N_d, 0.012 N_d             (0.17, 0.028)
//   alpha_k in [2, 10]     0.015 N_d, 0.0015 N_d           (0.05, 0.007)
//
// The posterior has several modes where alpha is small, and CVB0 takes one. In long documents a
// token is one of many: there it comes to the same as local_step on means.
//
// Documents are independent of each other and of the minibatch that they stand in; the result does
// not depend on the number of threads. The tasks `beside`, where given, are done meanwhile; see
// Parallel::for_chunks.
// Domain: alpha and lambda at least kSmallestParameter (local/kernels.h), lambda at most 1e10.
// Fails: Error kNumeric naming the document, where its gamma is not finite.
void cvb0_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
               const Cvb0StepOptions& options, const Parallel& parallel,
               CorrectedResponsibilities& responsibilities,
               std::optional<BesideTasks> beside = std::nullopt);

}  // namespace svi_lda

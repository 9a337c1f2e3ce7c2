#pragma once

#include <cstdint>
#include <span>

#include "base/parallel.h"
#include "corpus/document.h"
#include "eval/document_estimate.h"
#include "eval/mean_batch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// log p(w_d | alpha, E[beta]) = Sum_n log p(w_n | w_<n) by particles that go through a document
// from left to right (Wallach, Murray, Salakhutdinov, Mimno 2009, algorithm 3; Buntine 2009).
// Before token n, (1) each particle draws all earlier z again, each given all the others; then (2)
// it predicts p_n = Sum_k (N_k + alpha_k) E[beta_kw] / (Sum alpha + n - 1), and (3) draws z_n.
//
// Which of the published forms is unbiased? A sweep (1) over z_<n given w_<n leaves their posterior
// as it is, in whatever order, so that the product over n of one particle's p_n has the mean p(w_d)
// (annealed importance sampling: Neal 2001), and so has the mean of several particles' products.
// The product of the particles' mean p_n, which algorithm 3 returns, has not, however many there
// are: its particles at n are not weighted by what they predicted before. Here they are: each keeps
// the weight Prod p_n, and where weights become uneven (effective number below half) particles are
// drawn anew by weight (systematic resampling), which keeps the mean exact (Del Moral 2004, 7.4.1)
// and the variance low. Particles go in groups of kParticleLanes; groups are independent, their
// likelihoods averaged, and their differences give the variance.
//
// The log of an unbiased estimate is biased low, by half its variance. O(particles N^2 K).
class LeftToRightScorer {
 public:
  // The model must outlive this. particles >= 1. Random numbers are keyed by (seed, content).
  LeftToRightScorer(const Topics& topics, const Hyperparameters& hyper, int particles,
                    std::uint64_t seed);

  // estimates[i] of documents[i], of that document alone; no variance where there is one group.
  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, DocumentEstimates& estimates);

 private:
  MeanBatch batch_;
  int particles_;
  std::uint64_t seed_;
};

// The same without drawing z at all: each token adds its responsibilities p(z_n = k | w_<=n) to
// counts that the next is predicted from (Scott, Baldridge 2013: one particle, z summed out in
// first order). Approximate, neither a bound nor unbiased; O(N K). The order of the tokens is keyed
// by (seed, content).
class LinearLeftToRightScorer {
 public:
  LinearLeftToRightScorer(const Topics& topics, const Hyperparameters& hyper, std::uint64_t seed);

  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, DocumentEstimates& estimates);

 private:
  MeanBatch batch_;
  std::uint64_t seed_;
};

}  // namespace svi_lda

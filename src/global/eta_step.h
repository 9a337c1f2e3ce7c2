#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// Learning eta from what the topics hold, n_kw = lambda_kw less what the prior has put there. No
// result depends on the number of threads.
enum class EtaLearning {
  kNone,        // eta is fixed
  kSymmetric,   // one value for all words
  kAsymmetric,  // one for each, the same in all topics
};

// Whether eta is learned at global step `step` >= 1 of a stochastic run: not before the noise that
// topics began with is gone from lambda, which is spread over all words, and from there on every
// kEtaEvery steps, as it takes K x V operations.
inline constexpr std::uint64_t kEtaBurnIn = 200;
inline constexpr std::uint64_t kEtaEvery = 100;
bool eta_is_due(std::uint64_t step);

// What n_kw are: `kExact`, or means of counts that are not known (global/polya.h). The first makes
// the fixed point one of the corpus bound's topic term, lambda = eta + n following eta; the second
// suits counts by samples or by shares of tokens (gibbs, cvb0, em).
enum class TopicCounts { kExact, kExpected };

// One step of Minka's fixed point for K draws from a Polya distribution of V words (Minka 2000, eq.
// 55; Wallach 2008, chapter 2):
//   eta_w <- eta_w Sum_k [psi(n_kw + eta_w) - psi(eta_w)] / Sum_k [psi(n_k + Sum eta) - psi(Sum
//   eta)],
// symmetric: the mean of these. With kExact it never lowers the topic term. Where each word has its
// own, 1 is added above the line: the most probable eta where a Gamma(2, 0) prior stands before it,
// as though a topic more had the word; else a word that no topic has would go to 0, and new
// documents that have it to an infinite perplexity. What stays in lambda of seeded words' own prior
// does not count. Leaves `topics` alone: lambda of later steps follows. Within [kLeastAlpha,
// kMostAlpha].
void learn_eta(const Topics& topics, EtaLearning learning, TopicCounts counts,
               const Parallel& parallel, Hyperparameters& hyper);

}  // namespace svi_lda

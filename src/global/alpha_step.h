#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/alpha_memory.h"
#include "stats/topic_samples.h"

namespace svi_lda {

// Learning alpha, [K], from what the local step says of the documents. No result depends on the
// number of threads.
enum class AlphaLearning {
  kNone,        // alpha is fixed
  kSymmetric,   // one value for all topics
  kAsymmetric,  // one for each
  kShares,      // one for each, with the sum that they began with
};

// kShares: a quarter of the sum is the topics' in equal parts, so that no topic is starved by what
// few documents say of it; `target`, what the documents say, shares out the rest.
std::vector<double> shares_of_sum(double sum, std::vector<double> target);

// Whether alpha may change at global step `step` >= 1, with `passes` completed before it. Not in
// the first pass, at most its first kAlphaBurnIn steps: topics that have not sorted themselves out
// say that every document is about all of them.
inline constexpr std::uint64_t kAlphaBurnIn = 200;
bool alpha_may_change(std::uint64_t step, std::uint64_t passes);

// m_k, [K]: the mean over documents of E[log theta_dk] = psi(gamma_dk) - psi(Sum_k gamma_dk).
//   gamma  [D x stride], the first num_topics of each row
std::vector<double> mean_log_theta(std::span<const float> gamma, std::size_t stride,
                                   std::uint32_t num_topics, const Parallel& parallel);

// After a step of size rho on a minibatch with `gamma`, [S x stride]: blends m into the memory's,
// then, where `may_change`, moves alpha towards the maximum of dirichlet_objective for it,
//   alpha <- alpha^(1 - rho) maximum^rho,
// or, by kShares, alpha <- (1 - rho) alpha + rho shares_of_sum(maximum), from nothing remembered of
// steps at which alpha may not change.
void learn_alpha(std::span<const float> gamma, std::size_t stride, double rho,
                 AlphaLearning learning, bool may_change, const Parallel& parallel,
                 AlphaMemory& memory, std::vector<double>& alpha);

// The same from sampled topics, by Minka's fixed point for the Polya distribution (Minka 2000, eq.
// 55; Wallach 2008, chapter 2), with statistics averaged over documents, kept samples and, by rho,
// steps:
//   alpha_k <- mean_d alpha_k (psi(N_dk + alpha_k) - psi(alpha_k))
//              / mean_d (psi(N_d + Sum alpha) - psi(Sum alpha)).
// alpha_k stands inside the mean, as the product hardly depends on it: means of the other factor
// would lag behind alpha. Asymmetric: 1 / corpus_docs is added above the line, the most probable
// alpha where a Gamma(2, 0) prior stands before it, as though a document more had a token of the
// topic; else a topic that no document has would go to 0, and never come back.
void learn_alpha(const Minibatch& batch, const TopicSamples& samples, double corpus_docs,
                 double rho, AlphaLearning learning, bool may_change, const Parallel& parallel,
                 AlphaMemory& memory, std::vector<double>& alpha);

// The same by methods whose phi is a token's chance of each topic (em, cvb0): N_dk is not known,
// only its mean gamma_dk - alpha_k, and the fixed point takes the expectation (global/polya.h). To
// take the mean for the count, or gamma for the parameter of a Dirichlet distribution as vb does,
// made the sum of alpha 24 to 48 where samples say 2 to 4.
void learn_alpha_from_counts(std::span<const float> gamma, std::size_t stride, double corpus_docs,
                             double rho, AlphaLearning learning, bool may_change,
                             const Parallel& parallel, AlphaMemory& memory,
                             std::vector<double>& alpha);

}  // namespace svi_lda

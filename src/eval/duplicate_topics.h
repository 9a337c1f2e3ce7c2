#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

// Two topics that say the same.
struct DuplicateTopics {
  std::uint32_t first = 0;
  std::uint32_t second = 0;  // > first
  double lost = 0.0;         // nats a token that are lost when they are made one
};

// Pairs are looked at that have this many of their kTopWords first words in common.
inline constexpr std::uint32_t kTopWords = 10;
inline constexpr std::uint32_t kSharedWords = 5;

// What a pair of duplicates tells at most, as a share of what a topic tells in the mean.
inline constexpr double kLeastTold = 0.2;

// The pairs of topics of which one can be spared: to make them one costs less than kLeastTold of
// I / K, I being the information of topics about words (eval/topic_information.h). It costs
//   (p_i + p_j) JS(beta_i, beta_j)
// with p the topics' shares and JS their Jensen-Shannon divergence weighted by p (Lin 1991): by so
// much does I fall. Least cost first, ties by topic; no topic stands in two pairs.
// Taken of what the corpus has added to lambda, n_kw = max(lambda_kw - eta, 0); of the first words
// of a topic only those count of which it has a token at least. A pass over the rows of lambda, and
// O(V) for each pair that is looked at. The result does not depend on the number of threads.
std::vector<DuplicateTopics> duplicate_topics(const Topics& topics, double eta,
                                              const Parallel& parallel);

}  // namespace svi_lda

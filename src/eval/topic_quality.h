#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

// What the topics themselves say of their quality. `top_words`: of each topic its most probable
// words, falling; beta_kw = lambda_kw / Sum_w lambda_kw.

// Share of distinct words among the first `top` of all topics (Dieng, Ruiz, Blei 2020, who take
// 25): 1 where no two topics share one. 0 where there is no word.
double topic_diversity(std::span<const std::vector<std::uint32_t>> top_words, std::size_t top);

// Two topics, first < second, that share `shared` of their first words.
struct SimilarTopics {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::size_t shared = 0;
};
// All pairs that share at least `least` >= 1 of their first `top` words, in ascending order.
std::vector<SimilarTopics> similar_topics(std::span<const std::vector<std::uint32_t>> top_words,
                                          std::size_t top, std::size_t least);

// [K] Exclusivity: mean over the topic's top words of beta_kw / Sum_j beta_jw (the phi of Bischof
// and Airoldi 2012; MALLET's diagnostics take the same mean). 1 where no other topic has any of
// them, 1 / K where all have them alike.
std::vector<double> exclusivity(const Topics& topics,
                                std::span<const std::vector<std::uint32_t>> top_words);

// [K] Total variation between beta_k and the distribution of `word_counts` [V], 1/2 Sum_w
// |beta_kw - p_w|: the share of the topic's probability that differs from the corpus. 0 where the
// topic is the corpus itself, 1 where no word is common. `word_counts` hold a token at least.
// O(K V); does not depend on the number of threads.
std::vector<double> distance_from_corpus(const Topics& topics,
                                         std::span<const std::uint64_t> word_counts,
                                         const Parallel& parallel);

}  // namespace svi_lda

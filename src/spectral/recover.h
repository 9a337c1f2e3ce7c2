#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "spectral/cooccurrence.h"

namespace svi_lda {

// The weights c on the simplex, [K], with the least c' G c - 2 b' c, to where no shift between two
// of them gains more than `tolerance` times its size. `gram` is G, [K x K] symmetric positive
// semidefinite, `b` is [K]. By pairwise Frank-Wolfe steps with exact line search (Lacoste-Julien &
// Jaggi 2015), which cost O(K), from the best corner on; at most 100 K of them.
std::vector<double> simplex_least_squares(std::span<const double> gram, std::span<const double> b,
                                          double tolerance);

// A word of a topic, and how likely the topic has it.
struct TopicWord {
  std::uint32_t word = 0;
  double probability = 0.0;
};

// The topics that the anchors stand for, by RecoverL2 of Arora et al. 2013, algorithm 3: each row
// of `cooccurrence` as the convex mixture of the anchors' rows that is nearest to it, whose weights
// are p(topic | word), and p(word | topic) from these by Bayes' rule. The words of each topic, of
// ascending number, [anchors].
std::vector<std::vector<TopicWord>> recover_topics(const ProjectedCooccurrence& cooccurrence,
                                                   const std::vector<std::uint32_t>& anchors,
                                                   const Parallel& parallel);

}  // namespace svi_lda

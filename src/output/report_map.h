#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

// Topics as points of a plane, near each other where they use the same words.
struct TopicMap {
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };
  std::vector<Point> points;  // [K]
  double explained = 0.0;     // share of the topics' weighted spread that the plane shows, [0, 1]
  std::uint32_t words = 0;    // told apart in the distances, the others taken as one word
  std::vector<double> distances;  // [K x K], Jensen-Shannon, in [0, sqrt(log 2)]
};

// Distance of two topics: the square root of the Jensen-Shannon divergence (nats) of their E[beta],
// a metric that can be embedded without error (Endres, Schindelin 2003; Fuglede, Topsoe 2004); then
// principal coordinates (Gower 1966), each topic counting by its weight [K], so that the plane is
// not that of topics which hardly occur: with C = -distance^2 / 2, centred at the weighted mean,
// the two leading eigenvectors of w^1/2 C w^1/2, times root of eigenvalue, over w^1/2. The sign of
// an axis is such that its largest coordinate is positive. Where K^2 V is large, only the words
// most probable over all topics are told apart, so that a distance is a lower bound.
TopicMap topic_map(const Topics& topics, std::span<const double> weights, const Parallel& parallel);

}  // namespace svi_lda

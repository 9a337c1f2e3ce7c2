#include "spectral/recover.h"

#include <Eigen/Core>
#include <algorithm>

namespace svi_lda {
namespace {

constexpr std::size_t kChunk = 32;

// Of the squared length of an anchor's row: far below what the noise of counts moves a word by.
constexpr double kTolerance = 1e-3;

}  // namespace

std::vector<double> simplex_least_squares(std::span<const double> gram, std::span<const double> b,
                                          double tolerance) {
  const std::size_t n = b.size();
  // The corner k has G_kk - 2 b_k.
  std::size_t start = 0;
  for (std::size_t k = 1; k < n; ++k) {
    if (gram[k * n + k] - 2.0 * b[k] < gram[start * n + start] - 2.0 * b[start]) start = k;
  }
  std::vector<double> weights(n, 0.0);
  weights[start] = 1.0;
  std::vector<double> half_gradient(n);
  for (std::size_t k = 0; k < n; ++k) half_gradient[k] = gram[start * n + k] - b[k];
  for (std::size_t step = 0; step < 100 * n; ++step) {
    std::size_t to = 0;
    std::size_t from = start;
    for (std::size_t k = 0; k < n; ++k) {
      if (half_gradient[k] < half_gradient[to]) to = k;
      if (weights[k] > 0.0 && (weights[from] == 0.0 || half_gradient[k] > half_gradient[from])) {
        from = k;
      }
    }
    const double slope = half_gradient[from] - half_gradient[to];
    if (!(slope > tolerance)) break;
    const double curvature = gram[to * n + to] + gram[from * n + from] - 2.0 * gram[to * n + from];
    const bool all = !(slope < curvature * weights[from]);
    const double moved = all ? weights[from] : slope / curvature;
    weights[to] += moved;
    weights[from] = all ? 0.0 : weights[from] - moved;
    for (std::size_t k = 0; k < n; ++k) {
      half_gradient[k] += moved * (gram[to * n + k] - gram[from * n + k]);
    }
  }
  return weights;
}

std::vector<std::vector<TopicWord>> recover_topics(const ProjectedCooccurrence& cooccurrence,
                                                   const std::vector<std::uint32_t>& anchors,
                                                   const Parallel& parallel) {
  const std::size_t num_topics = anchors.size();
  std::vector<std::vector<TopicWord>> topics(num_topics);
  if (num_topics == 0) return topics;
  const auto dims = static_cast<Eigen::Index>(cooccurrence.dims);
  Eigen::MatrixXf corners(dims, static_cast<Eigen::Index>(num_topics));
  for (std::size_t k = 0; k < num_topics; ++k) {
    corners.col(static_cast<Eigen::Index>(k)) =
        Eigen::Map<const Eigen::VectorXf>(cooccurrence.row(anchors[k]), dims);
  }
  const Eigen::MatrixXd gram = (corners.transpose() * corners).cast<double>();
  const double tolerance = kTolerance * gram.diagonal().mean();

  // p(topic | word) where it is not 0.
  struct Weight {
    std::uint32_t topic;
    double probability;
  };
  std::vector<std::vector<Weight>> of_word(cooccurrence.words);
  parallel.for_chunks(cooccurrence.words, kChunk, [&](std::size_t begin, std::size_t end, int) {
    const Eigen::Map<const Eigen::MatrixXf> rows(cooccurrence.row(begin), dims,
                                                 static_cast<Eigen::Index>(end - begin));
    const Eigen::MatrixXd b = (corners.transpose() * rows).cast<double>();
    for (std::size_t w = begin; w < end; ++w) {
      if (cooccurrence.share[w] == 0.0) continue;
      const std::vector<double> weights =
          simplex_least_squares({gram.data(), num_topics * num_topics},
                                {b.data() + (w - begin) * num_topics, num_topics}, tolerance);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        if (weights[k] > 0.0) of_word[w].push_back({k, weights[k]});
      }
    }
  });
  std::vector<double> share(num_topics, 0.0);
  for (std::uint32_t w = 0; w < cooccurrence.words; ++w) {
    for (const Weight& weight : of_word[w]) {
      const double joint = weight.probability * cooccurrence.share[w];
      topics[weight.topic].push_back({w, joint});
      share[weight.topic] += joint;
    }
  }
  for (std::size_t k = 0; k < num_topics; ++k) {
    for (TopicWord& word : topics[k]) word.probability /= share[k];
  }
  return topics;
}

}  // namespace svi_lda

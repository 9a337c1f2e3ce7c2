#include "spectral/anchors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "spectral/recover.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::size_t kTopics = 12;
constexpr std::size_t kWords = 300;
constexpr std::size_t kDims = 64;

// Rows that are mixtures of the rows of kTopics of the words, the corners: every 7th word.
struct Planted {
  ProjectedCooccurrence cooccurrence;
  std::vector<std::uint32_t> corners;
  std::vector<std::vector<double>> weights;  // of each word, p(topic | word)
};

Planted planted(std::uint64_t seed) {
  Planted out;
  ProjectedCooccurrence& c = out.cooccurrence;
  c.words = kWords;
  c.dims = kDims;
  c.rows.resize(kWords * kDims);
  c.documents.assign(kWords, 100);
  RandomStream random = testing::test_stream(seed);
  for (std::uint32_t k = 0; k < kTopics; ++k) out.corners.push_back(7 * k + 3);
  std::vector<double> at(kTopics * kDims);
  for (double& x : at) x = random.normal();
  double total = 0.0;
  for (std::uint32_t w = 0; w < kWords; ++w) {
    std::vector<double> weights(kTopics, 0.0);
    const auto corner = std::find(out.corners.begin(), out.corners.end(), w);
    if (corner != out.corners.end()) {
      weights[static_cast<std::size_t>(corner - out.corners.begin())] = 1.0;
    } else {
      // Some of the topics only.
      for (double& x : weights) x = random.below(3) == 0 ? -std::log(random.uniform()) : 0.0;
      weights[random.below(kTopics)] += 0.5;
      weights[random.below(kTopics)] += 0.5;
      const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
      for (double& x : weights) x /= sum;
    }
    for (std::size_t p = 0; p < kDims; ++p) {
      double x = 0.0;
      for (std::size_t k = 0; k < kTopics; ++k) x += weights[k] * at[k * kDims + p];
      c.rows[w * kDims + p] = static_cast<float>(x);
    }
    c.share.push_back(1.0 + random.uniform());
    total += c.share.back();
    out.weights.push_back(std::move(weights));
  }
  for (double& share : c.share) share /= total;
  return out;
}

TEST(Anchors, AreTheCornersOfTheRows) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Planted from = planted(seed);
    std::vector<std::uint32_t> anchors = find_anchors(from.cooccurrence, kTopics, 1, Parallel(2));
    std::sort(anchors.begin(), anchors.end());
    EXPECT_EQ(anchors, from.corners) << seed;
  }
}

TEST(Anchors, AreNoMoreThanTheRowsHaveCorners) {
  const Planted from = planted(1);
  EXPECT_EQ(find_anchors(from.cooccurrence, 40, 1, Parallel(1)).size(), kTopics);
  EXPECT_EQ(find_anchors(from.cooccurrence, 5, 1, Parallel(1)).size(), 5u);
}

TEST(Anchors, AreNotRareWords) {
  Planted from = planted(2);
  from.cooccurrence.documents[from.corners[4]] = 9;
  const auto anchors = find_anchors(from.cooccurrence, kTopics, 10, Parallel(1));
  EXPECT_EQ(std::count(anchors.begin(), anchors.end(), from.corners[4]), 0);
  EXPECT_TRUE(find_anchors(from.cooccurrence, kTopics, 1000, Parallel(1)).empty());
}

TEST(Anchors, ThreadsDoNotChangeThem) {
  const Planted from = planted(3);
  const auto one = find_anchors(from.cooccurrence, kTopics, 1, Parallel(1));
  EXPECT_EQ(find_anchors(from.cooccurrence, kTopics, 1, Parallel(4)), one);
}

TEST(Recover, FindsWhichTopicsAWordIsOf) {
  const Planted from = planted(4);
  const auto topics = recover_topics(from.cooccurrence, from.corners, Parallel(2));
  ASSERT_EQ(topics.size(), kTopics);
  for (std::size_t k = 0; k < kTopics; ++k) {
    double of_topic = 0.0;
    for (std::size_t w = 0; w < kWords; ++w) {
      of_topic += from.weights[w][k] * from.cooccurrence.share[w];
    }
    std::vector<double> found(kWords, 0.0);
    for (const TopicWord& word : topics[k]) found[word.word] = word.probability;
    EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0), 1.0, 1e-9);
    double apart = 0.0;
    for (std::size_t w = 0; w < kWords; ++w) {
      apart += std::abs(found[w] - from.weights[w][k] * from.cooccurrence.share[w] / of_topic);
    }
    EXPECT_LT(apart, 0.02) << k;
  }
  EXPECT_TRUE(recover_topics(from.cooccurrence, {}, Parallel(1)).empty());
}

// At the minimum no weight can be shifted with gain (Karush-Kuhn-Tucker): all topics in use have
// the gradient of the least one.
TEST(Recover, LeastSquaresEndAtTheMinimum) {
  RandomStream random = testing::test_stream(11);
  for (const std::size_t n : {1u, 2u, 5u, 40u}) {
    for (int round = 0; round < 20; ++round) {
      const std::size_t dims = n + 3;
      std::vector<double> corners(n * dims), target(dims);
      for (double& x : corners) x = random.normal();
      for (double& x : target) x = random.normal();
      std::vector<double> gram(n * n, 0.0), b(n, 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t p = 0; p < dims; ++p) b[i] += corners[i * dims + p] * target[p];
        for (std::size_t j = 0; j < n; ++j) {
          for (std::size_t p = 0; p < dims; ++p) {
            gram[i * n + j] += corners[i * dims + p] * corners[j * dims + p];
          }
        }
      }
      const std::vector<double> weights = simplex_least_squares(gram, b, 1e-9);
      EXPECT_NEAR(std::accumulate(weights.begin(), weights.end(), 0.0), 1.0, 1e-12);
      std::vector<double> gradient(n);
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_GE(weights[i], 0.0);
        gradient[i] = -b[i];
        for (std::size_t j = 0; j < n; ++j) gradient[i] += gram[i * n + j] * weights[j];
      }
      const double least = *std::min_element(gradient.begin(), gradient.end());
      for (std::size_t i = 0; i < n; ++i) {
        if (weights[i] > 0.0) {
          EXPECT_NEAR(gradient[i], least, 1e-8);
        }
      }
    }
  }
}

}  // namespace
}  // namespace svi_lda

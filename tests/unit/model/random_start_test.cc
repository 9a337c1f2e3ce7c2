#include "model/random_start.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "model/kernels.h"

namespace svi_lda {
namespace {

// A start, lambda_kw at [w * kTopics + k].
class RandomStartSample : public testing::Test {
 protected:
  static constexpr std::uint32_t kTopics = 200;
  static constexpr std::uint32_t kWords = 5000;

  RandomStartSample() {
    Topics topics(kTopics, kWords, 0.01);
    random_start(topics, 1, Parallel(2));
    lambda_.resize(std::size_t{kTopics} * kWords);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      topics.lambda_row(w, lambda_.data() + std::size_t{w} * kTopics);
    }
  }

  // The mean product of deviations of values `apart` from each other, over the variance.
  double correlation(std::size_t apart) const {
    double sum = 0.0;
    for (std::size_t i = 0; i + apart < lambda_.size(); ++i) {
      sum +=
          (static_cast<double>(lambda_[i]) - 1.0) * (static_cast<double>(lambda_[i + apart]) - 1.0);
    }
    return sum / static_cast<double>(lambda_.size() - apart) / 0.01;
  }

  std::vector<float> lambda_;
};

// Gamma(shape a, scale 1/a), a = 100: mean 1, variance 1/a, skewness 2/sqrt(a), excess kurtosis
// 6/a; each within 5 standard errors.
TEST_F(RandomStartSample, HasTheMomentsOfGamma100) {
  const auto n = static_cast<double>(lambda_.size());
  double mean = 0.0;
  for (const float x : lambda_) mean += static_cast<double>(x) / n;
  double second = 0.0;
  double third = 0.0;
  double fourth = 0.0;
  for (const float x : lambda_) {
    const double y = static_cast<double>(x) - mean;
    second += y * y / n;
    third += y * y * y / n;
    fourth += y * y * y * y / n;
  }
  EXPECT_NEAR(mean, 1.0, 5.0 * 0.1 / std::sqrt(n));
  EXPECT_NEAR(second, 0.01, 5.0 * 0.01 * std::sqrt(2.06 / n));
  EXPECT_NEAR(third / std::pow(second, 1.5), 0.2, 5.0 * std::sqrt(6.7 / n));
  EXPECT_NEAR(fourth / (second * second), 3.06, 5.0 * std::sqrt(27.0 / n));
}

// Kolmogorov and Smirnov's distance, below what one sample in a thousand exceeds.
TEST_F(RandomStartSample, HasTheDistributionOfGamma100) {
  std::sort(lambda_.begin(), lambda_.end());
  const boost::math::gamma_distribution<double> gamma(100.0, 0.01);
  const auto n = static_cast<double>(lambda_.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < lambda_.size(); ++i) {
    const double expected = boost::math::cdf(gamma, static_cast<double>(lambda_[i]));
    const auto below = static_cast<double>(i);
    distance = std::max({distance, expected - below / n, (below + 1.0) / n - expected});
  }
  EXPECT_LT(distance * std::sqrt(n), 1.95);
}

// Neighbours, the two of a pair, and words beside each other.
TEST_F(RandomStartSample, ValuesAreUncorrelated) {
  for (const std::size_t apart : {1u, 2u, 15u, 16u, 17u, 32u, 200u, 216u, 400u}) {
    EXPECT_NEAR(correlation(apart), 0.0, 5.0 / std::sqrt(static_cast<double>(lambda_.size())))
        << apart;
  }
}

// A proposal that is refused is drawn again from a stream of its own.
TEST(RandomStart, ARefusedProposalIsDrawnAgain) {
  constexpr std::uint32_t kTopics = 128;
  constexpr std::uint32_t kWords = 500;
  constexpr std::uint64_t kSeed = 9;
  constexpr double kD = 100.0 - 1.0 / 3.0;
  Topics topics(kTopics, kWords, 0.5);
  random_start(topics, kSeed, Parallel(1));
  AlignedVector<float> row(topics.stride());
  std::vector<GammaProposal> undecided(kTopics);
  int refused = 0;
  for (std::uint32_t w = 0; w < kWords; ++w) {
    const std::size_t count =
        gamma_proposals(random_key(kSeed, RandomPurpose::kInitialTopics), w, static_cast<float>(kD),
                        static_cast<float>(kD / 100.0), 0.5f, kTopics, topics.stride(), row.data(),
                        undecided.data());
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t k = undecided[i].topic;
      if (takes_gamma_proposal(kD, undecided[i].normal, undecided[i].uniform)) continue;
      RandomStream random(kSeed, RandomPurpose::kInitialTopics, std::uint64_t{w} << 32 | k);
      row[k] = static_cast<float>(random.gamma(100.0) / 100.0 - 0.5);
      ++refused;
    }
    EXPECT_TRUE(std::equal(row.begin(), row.end(), topics.row(w))) << w;
  }
  EXPECT_GT(refused, 5);
}

TEST(RandomStart, DependsOnTheSeedButNotOnThreadsOrVocabularySize) {
  Topics one(10, 300, 0.1);
  Topics seven(10, 300, 0.1);
  Topics other(10, 300, 0.1);
  Topics longer(10, 400, 0.1);
  random_start(one, 5, Parallel(1));
  random_start(seven, 5, Parallel(7));
  random_start(other, 6, Parallel(1));
  random_start(longer, 5, Parallel(1));
  int same = 0;
  for (std::uint32_t w = 0; w < 300; ++w) {
    for (std::uint32_t k = 0; k < 10; ++k) {
      EXPECT_EQ(one.row(w)[k], seven.row(w)[k]);
      EXPECT_EQ(one.row(w)[k], longer.row(w)[k]);
      same += one.row(w)[k] == other.row(w)[k];
    }
  }
  EXPECT_LT(same, 5);
  for (std::uint32_t k = 0; k < 10; ++k) EXPECT_EQ(one.row_sums()[k], seven.row_sums()[k]);
}

}  // namespace
}  // namespace svi_lda

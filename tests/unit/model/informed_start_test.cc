#include "model/informed_start.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "model/random_start.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 21;
constexpr std::uint32_t kWords = 300;
constexpr double kEta = 0.05;
constexpr double kShare = 0.1;

// Topic k has the words k, 2k and, once more, k; topic 20 none.
void draw(std::uint32_t topic, std::vector<WordWeight>& words) {
  if (topic == 20) return;
  words.push_back({topic, 3});
  words.push_back({2 * topic, 5});
  words.push_back({topic, 2});
}

TEST(InformedStart, MixesTheWordsIntoTheRandomStart) {
  Topics random(kTopics, kWords, kEta);
  random_start(random, 9, Parallel(1));
  Topics topics(kTopics, kWords, kEta);
  informed_start(topics, 9, kShare, draw, Parallel(1));
  std::vector<float> noise(kTopics), lambda(kTopics);
  std::vector<double> sums(kTopics, 0.0);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    random.lambda_row(w, noise.data());
    topics.lambda_row(w, lambda.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      double count = 0.0;
      if (k != 20 && w == k) count += 5.0;
      if (k != 20 && w == 2 * k) count += 5.0;
      const double expected =
          (1.0 - kShare) * static_cast<double>(noise[k]) + kShare * kWords * count / 10.0;
      EXPECT_NEAR(static_cast<double>(lambda[k]), expected, 1e-6 * expected + 1e-6);
      EXPECT_GT(lambda[k], 0.1f) << "no word is shut out";
      sums[k] += static_cast<double>(lambda[k]);
    }
  }
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(topics.row_sums()[k], sums[k], 1e-5 * sums[k]);
    // As much as the random start: the mean of V Gamma variates of deviation 0.1, five times.
    const double expected = k == 20 ? (1.0 - kShare) * kWords : kWords;
    EXPECT_NEAR(sums[k], expected, 5.0 * 0.1 * std::sqrt(kWords));
  }
}

TEST(InformedStart, ThreadsDoNotChangeABit) {
  Topics one(kTopics, kWords, kEta);
  informed_start(one, 9, kShare, draw, Parallel(1));
  for (const int threads : {2, 5}) {
    Topics other(kTopics, kWords, kEta);
    informed_start(other, 9, kShare, draw, Parallel(threads));
    EXPECT_TRUE(std::equal(one.row(0), one.row(0) + kWords * one.stride(), other.row(0)))
        << threads;
    EXPECT_TRUE(std::equal(one.row_sums().begin(), one.row_sums().end(), other.row_sums().begin()));
  }
}

}  // namespace
}  // namespace svi_lda

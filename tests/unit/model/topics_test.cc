#include "model/topics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "model/random_start.h"

namespace svi_lda {
namespace {

TEST(Topics, StartAtEta) {
  const Topics topics(3, 5, 0.25);
  std::vector<float> row(3);
  for (std::uint32_t w = 0; w < 5; ++w) {
    topics.lambda_row(w, row.data());
    for (const float x : row) EXPECT_EQ(x, 0.25f);
  }
  for (const double sum : topics.row_sums()) EXPECT_DOUBLE_EQ(sum, 1.25);
}

TEST(Topics, RowsStartOnCacheLinesAndPaddingIsZero) {
  Topics topics(19, 7, 0.1);
  random_start(topics, 3, Parallel(2));
  EXPECT_EQ(topics.stride(), 32u);
  for (std::uint32_t w = 0; w < 7; ++w) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(topics.row(w)) % 64, 0u);
    for (std::size_t k = 19; k < topics.stride(); ++k) EXPECT_EQ(topics.row(w)[k], 0.0f);
  }
}

TEST(RandomStart, HasTheMomentsOfGamma100) {
  Topics topics(50, 2000, 0.01);
  random_start(topics, 1, Parallel(2));
  double sum = 0.0;
  double squares = 0.0;
  std::vector<float> row(50);
  for (std::uint32_t w = 0; w < 2000; ++w) {
    topics.lambda_row(w, row.data());
    for (const float x : row) {
      EXPECT_GT(x, 0.0f);
      sum += static_cast<double>(x);
      squares += static_cast<double>(x) * static_cast<double>(x);
    }
  }
  const double n = 50.0 * 2000.0;
  const double mean = sum / n;
  EXPECT_NEAR(mean, 1.0, 5.0 * 0.1 / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(squares / n - mean * mean), 0.1, 0.002);
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

TEST(Topics, StartBelowEtaLeavesLambdaPositive) {
  Topics topics(4, 50, 1000.0);
  random_start(topics, 2, Parallel(1));
  std::vector<float> row(4);
  for (std::uint32_t w = 0; w < 50; ++w) {
    EXPECT_LT(topics.row(w)[0], 0.0f);
    topics.lambda_row(w, row.data());
    for (const float x : row) EXPECT_NEAR(x, 1.0f, 0.6f);
  }
}

}  // namespace
}  // namespace svi_lda

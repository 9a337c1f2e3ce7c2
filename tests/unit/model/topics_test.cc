#include "model/topics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

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

// Steps with an eta of each word, against lambda held densely in double.
TEST(Topics, WordsKeepOffsetsOfTheirOwn) {
  constexpr std::uint32_t kTopics = 5;
  constexpr std::uint32_t kWords = 9;
  std::vector<double> of_words(kWords);
  for (std::uint32_t w = 0; w < kWords; ++w) of_words[w] = 0.01 * (1 + w * w);
  std::vector<double> others(of_words.rbegin(), of_words.rend());
  const Parallel parallel(2);
  for (const bool from_one : {false, true}) {
    Topics topics(kTopics, kWords, from_one ? Eta(0.3) : Eta(0.0, of_words));
    random_start(topics, 1, parallel);
    std::vector<std::vector<double>> lambda(kWords, std::vector<double>(kTopics));
    std::vector<float> row(kTopics);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      topics.lambda_row(w, row.data());
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        lambda[w][k] = static_cast<double>(row[k]);
        EXPECT_NEAR(lambda[w][k], 1.0, 0.6);
      }
    }
    for (int step = 1; step <= 40; ++step) {
      const double rho = 1.0 / (3.0 + step);
      const std::vector<double>& eta = step < 20 ? of_words : others;
      topics.shrink(rho, {0.0, eta}, parallel);
      const double moved = step == 30 ? 0.5 : 0.0;
      std::vector<double> raised(others);
      for (double& e : raised) e += moved;
      if (moved > 0.0) topics.move_offset({0.0, others}, {0.0, raised});
      for (std::uint32_t w = 0; w < kWords; ++w) {
        for (double& one : lambda[w]) one = (1.0 - rho) * one + rho * eta[w] + moved;
      }
    }
    const std::vector<double> sums = topics.sum_rows(parallel);
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      double sum = 0.0;
      for (std::uint32_t w = 0; w < kWords; ++w) {
        topics.lambda_row(w, row.data());
        EXPECT_NEAR(static_cast<double>(row[k]), lambda[w][k], 1e-6 * lambda[w][k]);
        sum += lambda[w][k];
      }
      EXPECT_NEAR(topics.row_sums()[k], sum, 1e-6 * sum);
      EXPECT_NEAR(sums[k], sum, 1e-6 * sum);
    }
    topics.shrink(1.0, {0.0, of_words}, parallel);
    topics.lambda_row(3, row.data());
    EXPECT_EQ(row[2], static_cast<float>(of_words[3]));
  }
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

#include "model/topics.h"

#include <gtest/gtest.h>

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

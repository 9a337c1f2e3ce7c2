#include "eval/kernels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/aligned.h"
#include "math/digamma.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

TEST(LogGammaSum, HoldsItsErrorBoundOverItsDomain) {
  AlignedVector<float> x(16, 0.0f);
  for (double value = 1e-8; value < 1e15; value *= 1.0173) {
    x[0] = static_cast<float>(value);
    const auto exact = static_cast<double>(x[0]);
    const double expected = log_gamma(exact);
    EXPECT_NEAR(log_gamma_sum(x.data(), 1.0, 0.0, 1), expected, 1e-10 + 1e-15 * std::abs(expected))
        << exact;
  }
}

TEST(LogGammaSum, TakesScaleAndOffsetAndNothingOfThePadding) {
  for (const std::size_t count : {1u, 7u, 16u, 21u, 32u}) {
    AlignedVector<float> x(32, -5.0f);
    RandomStream random = testing::test_stream(count);
    double expected = 0.0;
    for (std::size_t k = 0; k < count; ++k) {
      x[k] = static_cast<float>(random.uniform() * 3.0);
      expected += log_gamma(0.02 + 0.7 * static_cast<double>(x[k]));
    }
    EXPECT_NEAR(log_gamma_sum(x.data(), 0.7, 0.02, count), expected, 1e-9) << count;
  }
}

TEST(WeightedLogs, LeavesOutWhatHasNoLogarithm) {
  AlignedVector<float> weights(48);
  AlignedVector<float> x(48);
  RandomStream random = testing::test_stream(3);
  double expected = 0.0;
  for (std::size_t k = 0; k < 48; ++k) {
    weights[k] = static_cast<float>(random.uniform() * 10.0);
    x[k] = k % 5 == 0 ? 0.0f : static_cast<float>(std::exp(-80.0 * random.uniform()));
    if (k % 5 != 0) {
      expected += static_cast<double>(weights[k]) * std::log(static_cast<double>(x[k]));
    }
  }
  EXPECT_NEAR(weighted_logs(weights.data(), x.data(), 48), expected, 1e-6 * std::abs(expected));
}

}  // namespace
}  // namespace svi_lda

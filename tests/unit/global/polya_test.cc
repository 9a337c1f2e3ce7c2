#include "global/polya.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/aligned.h"
#include "math/digamma.h"

namespace svi_lda {
namespace {

// E[psi(x + N) - psi(x)] for N ~ Poisson(n), summed out: psi(x + N) - psi(x) is a sum over i < N.
double poisson_expectation(double x, double n) {
  double tail = 1.0;
  double chance = std::exp(-n);
  double sum = 0.0;
  for (int i = 0; tail > 1e-14; ++i) {
    tail -= chance;
    sum += tail / (x + i);
    chance *= n / (i + 1);
  }
  return sum;
}

TEST(Polya, TheRiseOfDigammaIsItsRecurrence) {
  for (const double x : {1e-8, 0.01, 0.5, 3.0, 1000.0}) {
    double rise = 0.0;
    for (std::uint64_t n = 0; n < 40; ++n) {
      EXPECT_NEAR(digamma_rise(x, n), rise, 1e-12 * rise) << x << ' ' << n;
      rise += 1.0 / (x + static_cast<double>(n));
    }
  }
}

TEST(Polya, TheExpectationIsCloseToThatOverPoissonCounts) {
  for (const double x : {0.001, 0.01, 0.1, 1.0}) {
    for (const double n : {1e-6, 0.01, 0.3, 1.0, 3.0, 20.0}) {
      const double exact = poisson_expectation(x, n);
      EXPECT_NEAR(expected_digamma_rise(x, n), exact, 0.06 * exact) << x << ' ' << n;
    }
  }
  EXPECT_EQ(expected_digamma_rise(0.1, 0.0), 0.0);
}

TEST(Polya, AShareOfATokenCountsAsAChanceOfOne) {
  const double x = 0.05;
  EXPECT_NEAR(expected_digamma_rise(x, 1e-4), 1e-4 / x, 1e-7);
  EXPECT_GT(digamma(x + 0.1) - digamma(x), 6.0 * expected_digamma_rise(x, 0.1));
}

class RiseSum : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Counts, RiseSum, ::testing::Bool());

TEST_P(RiseSum, IsThatOfThePlainLoop) {
  for (const double x : {1e-8, 1e-5, 0.01, 0.7, 40.0, 1e4}) {
    for (const std::size_t count : {1, 5, 16, 37}) {
      AlignedVector<float> m((count + 15) / 16 * 16, 123.0f);
      const double scale = 0.25;
      double expected = 0.0;
      for (std::size_t k = 0; k < count; ++k) {
        // Counts from 1e-9 to 1e7, 0 and below.
        m[k] = k % 7 == 3 ? 0.0f
               : k % 7 == 5
                   ? -2.0f
                   : static_cast<float>(std::pow(10.0, static_cast<double>(k * 5 % 17) - 9.0));
        const double n = scale * static_cast<double>(m[k]);
        if (n <= kLeastCount * x) continue;
        expected += GetParam() ? expected_digamma_rise(x, n) : digamma(x + n) - digamma(x);
      }
      EXPECT_NEAR(
          digamma_rise_sum(m.data(), scale, x, count, GetParam()), expected,
          1e-9 * expected + 4e-15 * static_cast<double>(count) * (1.0 + std::abs(digamma(x))))
          << x << ' ' << count;
    }
  }
}

}  // namespace
}  // namespace svi_lda

#include "global/fit_dirichlet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "support/maximize.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

double objective(const std::vector<double>& alpha, const std::vector<double>& mean_logs) {
  double value = std::lgamma(std::accumulate(alpha.begin(), alpha.end(), 0.0));
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    value += (alpha[k] - 1.0) * mean_logs[k] - std::lgamma(alpha[k]);
  }
  return value;
}

// mean_d log theta_dk of `docs` draws theta_d ~ Dir(alpha).
std::vector<double> drawn_mean_logs(const std::vector<double>& alpha, int docs,
                                    std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  std::vector<double> mean(alpha.size(), 0.0);
  for (int d = 0; d < docs; ++d) {
    const std::vector<double> logs = testing::draw_log_dirichlet(alpha, random);
    for (std::size_t k = 0; k < alpha.size(); ++k) mean[k] += logs[k] / docs;
  }
  return mean;
}

const std::vector<std::vector<double>> kAlphas = {
    {0.3, 0.3},
    {0.2, 0.5, 2.0},
    {5.0, 40.0, 1.0},
    {0.01, 0.05, 0.1, 0.02, 0.4, 0.01},
    {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1},
};

TEST(FitDirichlet, FindsWhatASlowSearchFindsAndThePlantedValues) {
  std::uint64_t seed = 1;
  for (const std::vector<double>& planted : kAlphas) {
    const std::vector<double> mean_logs = drawn_mean_logs(planted, 20'000, seed++);
    const std::vector<double> start(planted.size(), 0.1);
    const std::vector<double> alpha = fit_dirichlet(mean_logs, false, start);
    const std::vector<double> slow = testing::maximize(
        [&](const std::vector<double>& a) { return objective(a, mean_logs); }, start);
    EXPECT_GE(objective(alpha, mean_logs), objective(slow, mean_logs) - 1e-10);
    for (std::size_t k = 0; k < planted.size(); ++k) {
      EXPECT_NEAR(alpha[k], slow[k], 1e-4 * slow[k]) << k;
      EXPECT_NEAR(alpha[k], planted[k], 0.05 * planted[k]) << k;
    }
  }
}

TEST(FitDirichlet, SymmetricFindsTheBestOfThoseThatAreAlike) {
  std::uint64_t seed = 20;
  for (const std::vector<double>& planted : kAlphas) {
    const std::vector<double> mean_logs = drawn_mean_logs(planted, 2000, seed++);
    const std::vector<double> alpha =
        fit_dirichlet(mean_logs, true, std::vector<double>(planted.size(), 0.1));
    const std::vector<double> slow = testing::maximize(
        [&](const std::vector<double>& a) {
          return objective(std::vector<double>(planted.size(), a[0]), mean_logs);
        },
        {0.1});
    for (const double a : alpha) {
      EXPECT_EQ(a, alpha.front());
      EXPECT_NEAR(a, slow[0], 1e-5 * slow[0]);
    }
  }
}

TEST(FitDirichlet, EveryStartEndsAtTheSameMaximum) {
  const std::vector<double> mean_logs = drawn_mean_logs(kAlphas[3], 500, 40);
  const std::vector<double> expected = fit_dirichlet(mean_logs, false, std::vector<double>(6, 0.1));
  for (const std::vector<double>& start :
       {std::vector<double>(6, kLeastAlpha), std::vector<double>(6, kMostAlpha),
        std::vector<double>(6, 1e-12), std::vector<double>(6, 1e9),
        std::vector<double>{1e-5, 1e3, 1e-5, 1e3, 1.0, 1e-3}}) {
    const std::vector<double> alpha = fit_dirichlet(mean_logs, false, start);
    for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(alpha[k], expected[k], 1e-6 * expected[k]);
  }
}

TEST(FitDirichlet, NeverFallsBelowItsStartNorLeavesTheRange) {
  RandomStream random = testing::test_stream(50);
  for (int i = 0; i < 400; ++i) {
    const std::size_t num_topics = 2 + random.below(9);
    std::vector<double> mean_logs(num_topics);
    std::vector<double> start(num_topics);
    for (std::size_t k = 0; k < num_topics; ++k) {
      // Down to what alpha = 1e-6 would give: the maximum then lies at the end of the range.
      mean_logs[k] = -std::exp(14.0 * random.uniform());
      start[k] =
          std::exp(std::log(kLeastAlpha) + random.uniform() * std::log(kMostAlpha / kLeastAlpha));
    }
    const double shared = start.front();
    for (const bool symmetric : {false, true}) {
      if (symmetric) start.assign(num_topics, shared);
      const std::vector<double> alpha = fit_dirichlet(mean_logs, symmetric, start);
      const double value = dirichlet_objective(alpha, mean_logs);
      EXPECT_GE(value, dirichlet_objective(start, mean_logs));
      for (std::size_t k = 0; k < num_topics; ++k) {
        EXPECT_GE(alpha[k], kLeastAlpha);
        EXPECT_LE(alpha[k], kMostAlpha);
        if (symmetric) continue;
        // No topic alone can do better within the range.
        for (const double factor : {0.999, 1.001}) {
          std::vector<double> beside = alpha;
          beside[k] = std::clamp(alpha[k] * factor, kLeastAlpha, kMostAlpha);
          EXPECT_LE(dirichlet_objective(beside, mean_logs), value + 1e-9 * std::abs(value));
        }
      }
    }
  }
}

TEST(FitDirichlet, DocumentsThatAreAllAlikeGetTheMostAlpha) {
  const std::vector<double> mean_logs = {std::log(0.5), std::log(0.5)};
  EXPECT_EQ(fit_dirichlet(mean_logs, false, {0.1, 0.1}),
            (std::vector<double>{kMostAlpha, kMostAlpha}));
}

TEST(FitDirichlet, OneTopicSaysNothing) {
  EXPECT_EQ(fit_dirichlet(std::vector<double>{0.0}, false, {0.7}), std::vector<double>{0.7});
  EXPECT_EQ(fit_dirichlet(std::vector<double>{0.0}, true, {0.7}), std::vector<double>{0.7});
}

}  // namespace
}  // namespace svi_lda

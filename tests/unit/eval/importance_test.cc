#include "eval/importance.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/exact_likelihood.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::exact_log_likelihood;
using testing::kMostStandardErrors;
using testing::mean_beta;
using testing::random_documents;
using testing::sparse_topics;
using testing::tiny_cases;
using testing::tiny_topics;
using testing::TinyCase;

DocumentEstimates estimate(const Topics& topics, const Hyperparameters& hyper,
                           const std::vector<Document>& documents, int samples, std::uint64_t seed,
                           int threads = 1) {
  ImportanceScorer scorer(topics, hyper, 100, 1e-4, samples, seed);
  DocumentEstimates estimates;
  scorer.score(documents, 1, Parallel(threads), estimates);
  return estimates;
}

TEST(Importance, IsUnbiased) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    const Hyperparameters hyper{tiny.alpha, 0.02};
    for (const int samples : {2, 9, 100}) {
      const double bias = testing::bias_in_standard_errors(tiny, [&](std::uint64_t seed) {
        return estimate(topics, hyper, {tiny.document}, samples, seed);
      });
      EXPECT_LT(std::abs(bias), kMostStandardErrors)
          << "K = " << tiny.num_topics << ", V = " << tiny.vocab_size << ", " << samples
          << " samples";
    }
  }
}

// No weight is above 2 p(w | theta), so that the variance is at most 2 p_max / p(w) - 1 for one
// sample: many samples come as near as they claim.
TEST(Importance, KnowsItsVariance) {
  const TinyCase tiny = tiny_cases()[3];
  const Topics topics = tiny_topics(tiny);
  const Hyperparameters hyper{tiny.alpha, 0.02};
  const double ratio = testing::claimed_over_seen_variance(
      [&](std::uint64_t seed) { return estimate(topics, hyper, {tiny.document}, 400, seed); });
  EXPECT_NEAR(ratio, 1.0, 0.2);
}

TEST(Importance, ConvergesToTheExactLikelihood) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    const auto one = estimate(topics, {tiny.alpha, 0.02}, {tiny.document}, 40000, 3);
    EXPECT_NEAR(one.log_likelihood[0],
                exact_log_likelihood(tiny.document, tiny.alpha, mean_beta(topics)),
                5.0 * std::sqrt(one.variance[0]) + 1e-6);
    EXPECT_LT(one.variance[0], 1e-3);
  }
}

TEST(Importance, DependsOnTheDocumentAndTheSeedAlone) {
  const Topics topics = sparse_topics(37, 150, 0.05, 30.0, 6);
  const Hyperparameters hyper{std::vector<double>(37, 0.02), 0.05};
  auto documents = random_documents(30, 150, 60, 7);
  documents.push_back({});
  const auto once = estimate(topics, hyper, documents, 50, 9);
  EXPECT_EQ(once.log_likelihood.back(), 0.0);
  EXPECT_EQ(estimate(topics, hyper, documents, 50, 9, 3).log_likelihood, once.log_likelihood);
  EXPECT_NE(estimate(topics, hyper, documents, 50, 10).log_likelihood, once.log_likelihood);
  std::reverse(documents.begin(), documents.end());
  auto reversed = estimate(topics, hyper, documents, 50, 9).log_likelihood;
  std::reverse(reversed.begin(), reversed.end());
  EXPECT_EQ(reversed, once.log_likelihood);
}

}  // namespace
}  // namespace svi_lda

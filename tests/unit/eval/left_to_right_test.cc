#include "eval/left_to_right.h"

#include <gtest/gtest.h>

#include <cmath>

#include "eval/token_order.h"
#include "support/exact_likelihood.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::exact_log_likelihood;
using testing::kMostStandardErrors;
using testing::make_document;
using testing::mean_beta;
using testing::random_documents;
using testing::sparse_topics;
using testing::tiny_cases;
using testing::tiny_topics;
using testing::TinyCase;

DocumentEstimates estimate(const Topics& topics, const Hyperparameters& hyper,
                           const std::vector<Document>& documents, int particles,
                           std::uint64_t seed, int threads = 1) {
  LeftToRightScorer scorer(topics, hyper, particles, seed);
  DocumentEstimates estimates;
  scorer.score(documents, 1, Parallel(threads), estimates);
  return estimates;
}

// The likelihood, not its log, has the right mean: for one particle, for a group in which particles
// are drawn anew by weight, and for groups of unequal size.
TEST(LeftToRight, IsUnbiased) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    const Hyperparameters hyper{tiny.alpha, 0.02};
    for (const int particles : {1, 3, 16, 20}) {
      const double bias = testing::bias_in_standard_errors(tiny, [&](std::uint64_t seed) {
        return estimate(topics, hyper, {tiny.document}, particles, seed);
      });
      EXPECT_LT(std::abs(bias), kMostStandardErrors)
          << "K = " << tiny.num_topics << ", V = " << tiny.vocab_size << ", " << particles
          << " particles";
    }
  }
}

// What the groups' differences claim is how much estimates vary between seeds.
TEST(LeftToRight, KnowsItsVariance) {
  const TinyCase tiny = tiny_cases()[2];
  const Topics topics = tiny_topics(tiny);
  const Hyperparameters hyper{tiny.alpha, 0.02};
  const double ratio = testing::claimed_over_seen_variance(
      [&](std::uint64_t seed) { return estimate(topics, hyper, {tiny.document}, 64, seed); });
  EXPECT_NEAR(ratio, 1.0, 0.2);
  EXPECT_TRUE(std::isnan(estimate(topics, hyper, {tiny.document}, 16, 1).variance[0]));
}

TEST(LeftToRight, FirstTokenIsExactAndAnEmptyDocumentIsCertain) {
  const TinyCase tiny = tiny_cases()[3];
  const Topics topics = tiny_topics(tiny);
  const Hyperparameters hyper{tiny.alpha, 0.02};
  const Document one = make_document({{4, 1}});
  const auto estimates = estimate(topics, hyper, {one, Document{}}, 5, 1);
  EXPECT_NEAR(estimates.log_likelihood[0], exact_log_likelihood(one, tiny.alpha, mean_beta(topics)),
              1e-6);
  EXPECT_EQ(estimates.log_likelihood[1], 0.0);
}

TEST(LeftToRight, DependsOnTheDocumentAndTheSeedAlone) {
  const Topics topics = sparse_topics(37, 150, 0.05, 30.0, 6);
  const Hyperparameters hyper{std::vector<double>(37, 0.1), 0.05};
  auto documents = random_documents(40, 150, 60, 7);
  const auto once = estimate(topics, hyper, documents, 24, 9);
  EXPECT_EQ(estimate(topics, hyper, documents, 24, 9, 3).log_likelihood, once.log_likelihood);
  EXPECT_NE(estimate(topics, hyper, documents, 24, 10).log_likelihood, once.log_likelihood);
  std::reverse(documents.begin(), documents.end());
  auto reversed = estimate(topics, hyper, documents, 24, 9).log_likelihood;
  std::reverse(reversed.begin(), reversed.end());
  EXPECT_EQ(reversed, once.log_likelihood);
}

TEST(LeftToRight, OneTopicAndConstantTopicsAreTheirOwnLikelihood) {
  const Document document = make_document({{0, 3}, {7, 1}, {90, 2}});
  const Topics topics(41, 97, 0.37);
  const Hyperparameters hyper{std::vector<double>(41, 0.1), 0.37};
  EXPECT_NEAR(estimate(topics, hyper, {document}, 32, 1).log_likelihood[0], -6.0 * std::log(97.0),
              1e-5);
}

std::vector<double> linear(const Topics& topics, const Hyperparameters& hyper,
                           const std::vector<Document>& documents, std::uint64_t seed,
                           int threads = 1) {
  LinearLeftToRightScorer scorer(topics, hyper, seed);
  DocumentEstimates estimates;
  scorer.score(documents, 1, Parallel(threads), estimates);
  EXPECT_TRUE(estimates.variance.empty());
  return estimates.log_likelihood;
}

TEST(LinearLeftToRight, IsExactForTwoTokens) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    for (const auto& counts : {std::map<std::uint32_t, std::uint32_t>{{0, 1}},
                               std::map<std::uint32_t, std::uint32_t>{{1, 2}},
                               std::map<std::uint32_t, std::uint32_t>{{0, 1}, {1, 1}}}) {
      const Document document = make_document(counts);
      EXPECT_NEAR(linear(topics, {tiny.alpha, 0.02}, {document}, 1)[0],
                  exact_log_likelihood(document, tiny.alpha, mean_beta(topics)), 2e-6);
    }
  }
}

TEST(LinearLeftToRight, AgreesWithTheDoubleTwinAndStaysNearTheTruth) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    const auto beta = mean_beta(topics);
    std::vector<std::uint32_t> tokens;
    shuffled_tokens(tiny.document.view(), 5, tokens);
    std::vector<double> counts = tiny.alpha;
    double twin = 0.0;
    for (const std::uint32_t i : tokens) {
      const std::uint32_t word = tiny.document.words[i];
      double total = 0.0;
      double sum = 0.0;
      for (std::size_t k = 0; k < counts.size(); ++k) {
        total += counts[k] * beta[k][word];
        sum += counts[k];
      }
      twin += std::log(total / sum);
      std::vector<double> before = counts;
      for (std::size_t k = 0; k < counts.size(); ++k) {
        counts[k] += before[k] * beta[k][word] / total;
      }
    }
    const double ours = linear(topics, {tiny.alpha, 0.02}, {tiny.document}, 5)[0];
    EXPECT_NEAR(ours, twin, 1e-5);
    EXPECT_NEAR(ours, exact_log_likelihood(tiny.document, tiny.alpha, beta), 1.5);
  }
}

TEST(LinearLeftToRight, ThreadsChangeNothing) {
  const Topics topics = sparse_topics(37, 150, 0.05, 30.0, 6);
  const Hyperparameters hyper{std::vector<double>(37, 0.1), 0.05};
  const auto documents = random_documents(40, 150, 60, 7);
  EXPECT_EQ(linear(topics, hyper, documents, 9, 3), linear(topics, hyper, documents, 9));
}

TEST(TokenOrder, HoldsEveryTokenAndIsUniform) {
  const Document document = make_document({{3, 2}, {8, 1}});
  int last_is_first = 0;
  constexpr int kRounds = 6000;
  for (std::uint64_t seed = 0; seed < kRounds; ++seed) {
    std::vector<std::uint32_t> tokens;
    shuffled_tokens(document.view(), seed, tokens);
    last_is_first += tokens[0] == 1;
    std::sort(tokens.begin(), tokens.end());
    ASSERT_EQ(tokens, (std::vector<std::uint32_t>{0, 0, 1}));
  }
  EXPECT_NEAR(last_is_first, kRounds / 3.0, 4.5 * std::sqrt(kRounds * 2.0 / 9.0));
}

}  // namespace
}  // namespace svi_lda

#include <gtest/gtest.h>

#include <cmath>

#include "eval/bound.h"
#include "eval/theta_scorer.h"
#include "math/digamma.h"
#include "support/exact_likelihood.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::exact_log_likelihood;
using testing::lambda_table;
using testing::mean_beta;
using testing::tiny_cases;
using testing::tiny_topics;
using testing::TinyCase;
using testing::TopicWordTable;

double bound_of(const Topics& topics, const Hyperparameters& hyper, const Document& document) {
  BoundScorer scorer(topics, hyper, 500, 1e-7);
  std::vector<double> bounds;
  scorer.score(std::span(&document, 1), 1, Parallel(1), bounds);
  return bounds[0];
}

// The bound is one of the likelihood under exp(E[log beta]), which is below E[beta] everywhere: so
// of that under E[beta] too, from farther below.
TEST(DocumentBound, IsBelowTheExactLikelihood) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    TopicWordTable beta = lambda_table(topics);
    for (std::uint32_t k = 0; k < tiny.num_topics; ++k) {
      for (double& x : beta[k]) x = std::exp(digamma(x) - digamma(topics.row_sums()[k]));
    }
    const double exact = exact_log_likelihood(tiny.document, tiny.alpha, beta);
    const double bound = bound_of(topics, {tiny.alpha, 0.02}, tiny.document);
    EXPECT_LE(bound, exact + 1e-5 * std::abs(exact));
    EXPECT_GE(bound, exact - 2.5);
    EXPECT_LT(exact, exact_log_likelihood(tiny.document, tiny.alpha, mean_beta(topics)));
    if (tiny.num_topics == 1) {
      EXPECT_NEAR(bound, exact, 1e-5 * std::abs(exact));
    }
  }
}

// theta fitted to the tokens that it scores beats the average theta, and no theta beats the best.
TEST(PlugIn, LiesBetweenTheExactLikelihoodAndTheBestTheta) {
  for (const TinyCase& tiny : tiny_cases()) {
    const Topics topics = tiny_topics(tiny);
    const Hyperparameters hyper{tiny.alpha, 0.02};
    const auto beta = mean_beta(topics);
    ThetaScorer scorer(topics, hyper, 2000, 1e-7);
    std::vector<double> plug_in;
    const std::span<const Document> document(&tiny.document, 1);
    scorer.score(document, document, 1, Parallel(1), plug_in);

    // EM without a prior climbs to the best theta, as the log likelihood is concave in it.
    std::vector<double> theta(tiny.num_topics, 1.0 / tiny.num_topics);
    double best = 0.0;
    for (int iteration = 0; iteration < 20000; ++iteration) {
      std::vector<double> next(theta.size(), 0.0);
      double tokens = 0.0;
      best = 0.0;
      for (std::size_t i = 0; i < tiny.document.words.size(); ++i) {
        double p = 0.0;
        for (std::size_t k = 0; k < theta.size(); ++k) {
          p += theta[k] * beta[k][tiny.document.words[i]];
        }
        best += tiny.document.counts[i] * std::log(p);
        tokens += tiny.document.counts[i];
        for (std::size_t k = 0; k < theta.size(); ++k) {
          next[k] += tiny.document.counts[i] * theta[k] * beta[k][tiny.document.words[i]] / p;
        }
      }
      for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = next[k] / tokens;
    }
    EXPECT_LE(plug_in[0], best + 1e-5);
    EXPECT_GE(plug_in[0], exact_log_likelihood(tiny.document, tiny.alpha, beta) - 1e-5);
  }
}

}  // namespace
}  // namespace svi_lda

#include "eval/foreign_perplexity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "eval/corpus_bound.h"
#include "math/digamma.h"
#include "math/dirichlet.h"
#include "support/exact_likelihood.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::lambda_table;
using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;

std::vector<double> expected_logs(const std::vector<double>& parameters) {
  const double total = digamma(std::accumulate(parameters.begin(), parameters.end(), 0.0));
  std::vector<double> logs;
  for (const double x : parameters) logs.push_back(digamma(x) - total);
  return logs;
}

// A document's bound by plain loops in double, gamma from 1 until its mean change is below 1e-3.
double plain_bound(const Document& document, const std::vector<double>& alpha,
                   const testing::TopicWordTable& lambda) {
  std::vector<std::vector<double>> elogbeta;
  for (const auto& row : lambda) elogbeta.push_back(expected_logs(row));
  const std::size_t num_topics = alpha.size();
  std::vector<double> gamma(num_topics, 1.0);
  double change = 1.0;
  double words = 0.0;
  const auto over_words = [&](std::vector<double>& sums) {
    const std::vector<double> elogtheta = expected_logs(gamma);
    words = 0.0;
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      double total = 0.0;
      for (std::size_t k = 0; k < num_topics; ++k) {
        total += std::exp(elogtheta[k] + elogbeta[k][document.words[i]]);
      }
      for (std::size_t k = 0; k < num_topics; ++k) {
        sums[k] +=
            document.counts[i] * std::exp(elogtheta[k] + elogbeta[k][document.words[i]]) / total;
      }
      words += document.counts[i] * std::log(total);
    }
  };
  for (int iteration = 0; iteration < 100 && change >= 1e-3; ++iteration) {
    std::vector<double> next = alpha;
    over_words(next);
    change = 0.0;
    for (std::size_t k = 0; k < num_topics; ++k) {
      change += std::abs(next[k] - gamma[k]) / static_cast<double>(num_topics);
    }
    gamma = next;
  }
  std::vector<double> unused(num_topics, 0.0);
  over_words(unused);
  return words - dirichlet_kl(gamma, alpha);
}

TEST(ForeignPerplexity, AgreesWithPlainLoops) {
  const Topics topics = sparse_topics(7, 60, 0.05, 20.0, 3);
  // With an uneven alpha the start matters.
  const Hyperparameters hyper{{0.1, 0.5, 0.1, 0.02, 1.0, 0.1, 0.1}, 0.05};
  auto documents = random_documents(20, 60, 50, 8);
  documents.push_back({});
  double bound = 0.0;
  double tokens = 0.0;
  const auto lambda = lambda_table(topics);
  for (const Document& document : documents) {
    if (!document.words.empty()) bound += plain_bound(document, hyper.alpha, lambda);
    tokens += static_cast<double>(document.view().tokens());
  }
  double topics_term = 0.0;
  for (const auto& row : lambda) {
    topics_term += dirichlet_kl(row, std::vector<double>(row.size(), hyper.eta));
  }
  ForeignPerplexity foreign(topics, hyper, 100);
  const Parallel parallel(2);
  const std::span<const Document> all(documents);
  foreign.add(all.first(9), 1, parallel);
  foreign.add(all.subspan(9), 10, parallel);
  const double plain = (bound - topics_term) / tokens;
  EXPECT_NEAR(foreign.bound_per_token(0.0, parallel), plain, 2e-5 * std::abs(plain));
  // As many documents in all as were given, empty ones included: no scaling; ten times as many, and
  // the topics' term weighs a tenth.
  EXPECT_NEAR(foreign.bound_per_token(21.0, parallel), plain, 2e-5 * std::abs(plain));
  const double scaled = (bound - topics_term / 10.0) / tokens;
  EXPECT_NEAR(foreign.bound_per_token(210.0, parallel), scaled, 2e-5 * std::abs(scaled));
}

TEST(ForeignPerplexity, IsNotANumberWithoutTokens) {
  const Topics topics = random_topics(3, 10, 0.1, 1);
  const Hyperparameters hyper{{0.1, 0.1, 0.1}, 0.1};
  EXPECT_TRUE(std::isnan(ForeignPerplexity(topics, hyper, 10).bound_per_token(0.0, Parallel(1))));
}

TEST(TopicsDivergence, IsTheSumOfTheTopicsDivergencesFromTheirPrior) {
  for (const bool seeded : {false, true}) {
    const Topics topics = random_topics(4, 90, 0.2, 5);
    Hyperparameters hyper{std::vector<double>(4, 0.1), 0.2};
    std::vector<std::vector<double>> eta(4, std::vector<double>(90, 0.2));
    if (seeded) {
      hyper.seeds = {{3, 1, 2.5}, {70, 0, 0.5}, {70, 3, 4.0}};
      for (const SeededWord& word : hyper.seeds) eta[word.topic][word.word] += word.extra;
    }
    double expected = 0.0;
    const auto lambda = lambda_table(topics);
    for (std::size_t k = 0; k < 4; ++k) expected += dirichlet_kl(lambda[k], eta[k]);
    const double once = topics_divergence(topics, hyper, Parallel(1));
    EXPECT_NEAR(once, expected, 1e-6 * expected);
    EXPECT_EQ(topics_divergence(topics, hyper, Parallel(3)), once);
  }
}

}  // namespace
}  // namespace svi_lda

#include "eval/bound.h"

#include <gtest/gtest.h>

#include <cmath>

#include "local/reference.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;

double twin_bound(const Topics& topics, const Hyperparameters& hyper, const Document& document,
                  int iterations) {
  const auto n = static_cast<Eigen::Index>(document.words.size());
  const auto num_topics = static_cast<Eigen::Index>(topics.num_topics());
  Eigen::MatrixXd lambda(n, num_topics);
  Eigen::VectorXd counts(n);
  std::vector<float> row(topics.num_topics());
  for (Eigen::Index i = 0; i < n; ++i) {
    topics.lambda_row(document.words[static_cast<std::size_t>(i)], row.data());
    for (Eigen::Index k = 0; k < num_topics; ++k) {
      lambda(i, k) = static_cast<double>(row[static_cast<std::size_t>(k)]);
    }
    counts[i] = document.counts[static_cast<std::size_t>(i)];
  }
  const Eigen::Map<const Eigen::VectorXd> sums(topics.row_sums().data(), num_topics);
  const Eigen::Map<const Eigen::VectorXd> alpha(hyper.alpha.data(), num_topics);
  return reference_local_step(LocalMethod::kVb, lambda, sums, counts, alpha, iterations, 0.0)
      .bounds.back();
}

// The scales taken out of rows, etheta and topic factors must all come back in the bound.
TEST(DocumentBound, AgreesWithTheDoubleTwin) {
  for (const auto& [num_topics, alpha, eta, sparse] : {std::tuple{3u, 0.5, 0.1, false},
                                                       {20u, 0.05, 0.01, false},
                                                       {50u, 0.01, 0.01, true},
                                                       {60u, 0.001, 0.001, true}}) {
    const Topics topics = sparse ? sparse_topics(num_topics, 120, eta, 40.0, 3)
                                 : random_topics(num_topics, 120, eta, 3);
    const Hyperparameters hyper{std::vector<double>(num_topics, alpha), eta};
    const auto documents = random_documents(15, 120, 60, 8);
    for (const int iterations : {1, 4, 40}) {
      BoundScorer scorer(topics, hyper, iterations, 0.0);
      std::vector<double> bounds;
      scorer.score(documents, 1, Parallel(2), bounds);
      for (std::size_t d = 0; d < documents.size(); ++d) {
        const double expected = twin_bound(topics, hyper, documents[d], iterations);
        EXPECT_NEAR(bounds[d], expected, 2e-4 * std::abs(expected))
            << "K = " << num_topics << ", alpha = " << alpha << ", document " << d
            << ", iterations " << iterations;
      }
    }
  }
}

TEST(DocumentBound, DoesNotFallWithMoreIterations) {
  const Topics topics = random_topics(12, 100, 0.05, 3);
  const Hyperparameters hyper{std::vector<double>(12, 0.1), 0.05};
  const auto documents = random_documents(20, 100, 80, 9);
  std::vector<double> before;
  for (int iterations = 1; iterations <= 30; ++iterations) {
    BoundScorer scorer(topics, hyper, iterations, 0.0);
    std::vector<double> bounds;
    scorer.score(documents, 1, Parallel(1), bounds);
    for (std::size_t d = 0; d < before.size(); ++d) {
      EXPECT_GE(bounds[d], before[d] - 1e-6 * std::abs(before[d])) << "iteration " << iterations;
    }
    before = bounds;
  }
}

}  // namespace
}  // namespace svi_lda

// The double twin against exact mathematics: everything else is held against the twin.
#include "local/reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "math/digamma.h"
#include "math/dirichlet.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

struct Toy {
  Eigen::MatrixXd lambda;  // [V x K]
  Eigen::VectorXd sums;
  Eigen::VectorXd counts;  // [V]
  Eigen::VectorXd alpha;
};

Toy random_toy(std::uint64_t seed, Eigen::Index vocab, Eigen::Index topics, int tokens) {
  RandomStream random = testing::test_stream(seed);
  Toy toy;
  toy.lambda =
      Eigen::MatrixXd::NullaryExpr(vocab, topics, [&] { return 0.05 + 3.0 * random.uniform(); });
  toy.sums = toy.lambda.colwise().sum();
  toy.alpha = Eigen::VectorXd::NullaryExpr(topics, [&] { return 0.05 + 1.5 * random.uniform(); });
  toy.counts = Eigen::VectorXd::Zero(vocab);
  for (int i = 0; i < tokens; ++i) {
    toy.counts[static_cast<Eigen::Index>(random.below(static_cast<std::uint64_t>(vocab)))] += 1.0;
  }
  return toy;
}

// log p(w | alpha, beta~) with beta~ = exp(E[log beta]) by enumerating every assignment of topics
// to tokens: Sum_z prod beta~_{z_n w_n} * B(alpha + n(z)) / B(alpha).
double exact_log_evidence(const Toy& toy) {
  std::vector<Eigen::Index> tokens;
  for (Eigen::Index w = 0; w < toy.counts.size(); ++w) {
    for (int c = 0; c < static_cast<int>(toy.counts[w]); ++c) tokens.push_back(w);
  }
  const Eigen::Index num_topics = toy.alpha.size();
  Eigen::MatrixXd log_beta(toy.lambda.rows(), num_topics);
  for (Eigen::Index w = 0; w < toy.lambda.rows(); ++w) {
    for (Eigen::Index k = 0; k < num_topics; ++k) {
      log_beta(w, k) = digamma(toy.lambda(w, k)) - digamma(toy.sums[k]);
    }
  }
  const auto size = static_cast<std::size_t>(num_topics);
  const double log_z = dirichlet_log_normalizer({toy.alpha.data(), size});
  std::vector<Eigen::Index> z(tokens.size(), 0);
  double evidence = 0.0;
  for (;;) {
    Eigen::VectorXd parameters = toy.alpha;
    double log_p = log_z;
    for (std::size_t n = 0; n < z.size(); ++n) {
      parameters[z[n]] += 1.0;
      log_p += log_beta(tokens[n], z[n]);
    }
    evidence += std::exp(log_p - dirichlet_log_normalizer({parameters.data(), size}));
    std::size_t n = 0;
    while (n < z.size() && ++z[n] == num_topics) z[n++] = 0;
    if (n == z.size()) return std::log(evidence);
  }
}

TEST(ReferenceLocalStep, BoundNeverFallsOverInnerIterations) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Toy toy = random_toy(seed, 12, 4, 30);
    const ReferenceDocument out = reference_local_step(LocalMethod::kVb, toy.lambda, toy.sums,
                                                       toy.counts, toy.alpha, 60, 0.0);
    ASSERT_EQ(out.bounds.size(), 60u);
    for (std::size_t i = 1; i < out.bounds.size(); ++i) {
      EXPECT_GE(out.bounds[i], out.bounds[i - 1] - 1e-11 * std::abs(out.bounds[i - 1]))
          << "seed " << seed << ", iteration " << i;
    }
  }
}

TEST(ReferenceLocalStep, BoundIsBelowTheExactEvidence) {
  double smallest_gap = 1e9;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Toy toy = random_toy(100 + seed, 5, 2, 1 + static_cast<int>(seed % 10));
    const ReferenceDocument out = reference_local_step(LocalMethod::kVb, toy.lambda, toy.sums,
                                                       toy.counts, toy.alpha, 200, 1e-12);
    const double gap = exact_log_evidence(toy) - out.bounds.back();
    EXPECT_GE(gap, -1e-10) << "seed " << seed;
    smallest_gap = std::min(smallest_gap, gap);
  }
  EXPECT_GT(smallest_gap, 0.0);
}

TEST(ReferenceLocalStep, OneTopicHasTheExactEvidence) {
  const Toy toy = random_toy(7, 5, 1, 8);
  const ReferenceDocument out =
      reference_local_step(LocalMethod::kVb, toy.lambda, toy.sums, toy.counts, toy.alpha, 5, 0.0);
  EXPECT_NEAR(out.bounds.back(), exact_log_evidence(toy), 1e-11);
}

TEST(ReferenceLocalStep, TwoTopicsThatAreTheSameShareTheTokens) {
  Toy toy = random_toy(8, 6, 2, 9);
  toy.lambda.col(1) = toy.lambda.col(0);
  toy.sums[1] = toy.sums[0];
  toy.alpha.setConstant(0.7);
  const ReferenceDocument out =
      reference_local_step(LocalMethod::kVb, toy.lambda, toy.sums, toy.counts, toy.alpha, 50, 0.0);
  EXPECT_NEAR(out.gamma[0], 0.7 + 4.5, 1e-12);
  EXPECT_NEAR(out.gamma[1], 0.7 + 4.5, 1e-12);
}

}  // namespace
}  // namespace svi_lda

#include "global/global_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "global/step_size.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;

// Sufficient statistics that own their rows.
struct OwnedStats : SufficientStats {
  AlignedVector<float> values;
};

// sstats with random entries for the words of a minibatch.
OwnedStats random_stats(const Minibatch& batch, std::uint32_t num_topics, std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  OwnedStats stats;
  stats.stride = padded_topics(num_topics);
  stats.values.assign(batch.num_words() * stats.stride, 0.0f);
  stats.rows = stats.values;
  stats.topic_sums.assign(num_topics, 0.0);
  for (std::size_t w = 0; w < batch.num_words(); ++w) {
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      const auto value = static_cast<float>(random.uniform());
      stats.values[w * stats.stride + k] = value;
      stats.topic_sums[k] += static_cast<double>(value);
    }
  }
  return stats;
}

// lambda held densely in double: the twin of the lazy form.
std::vector<std::vector<double>> dense(const Topics& topics) {
  std::vector<std::vector<double>> lambda(topics.vocab_size());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    lambda[w].resize(topics.num_topics());
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      lambda[w][k] = topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
    }
  }
  return lambda;
}

void dense_step(const Minibatch& batch, const SufficientStats& stats, double corpus_docs,
                double rho, double eta, std::vector<std::vector<double>>& lambda) {
  for (auto& row : lambda) {
    for (double& x : row) x = (1.0 - rho) * x + rho * eta;
  }
  const double gain = rho * corpus_docs / static_cast<double>(batch.num_docs());
  for (std::size_t i = 0; i < batch.num_words(); ++i) {
    auto& row = lambda[batch.words[i]];
    for (std::size_t k = 0; k < row.size(); ++k) {
      row[k] += gain * static_cast<double>(stats.rows[i * stats.stride + k]);
    }
  }
}

void expect_same(const Topics& topics, const std::vector<std::vector<double>>& lambda,
                 double relative) {
  std::vector<double> sums(topics.num_topics(), 0.0);
  std::vector<float> row(topics.num_topics());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, row.data());
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      sums[k] += lambda[w][k];
      ASSERT_NEAR(static_cast<double>(row[k]), lambda[w][k], relative * lambda[w][k])
          << "word " << w << ", topic " << k;
    }
  }
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    ASSERT_NEAR(topics.row_sums()[k], sums[k], relative * sums[k]) << "row sum of topic " << k;
  }
}

class LazyLambda : public ::testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Delays, LazyLambda, ::testing::Values(0.0, 1.0, 64.0));

// tau0 = 0 and tau0 = 1 among them: rho = 1 in the first step, or 0.6, finite and right.
TEST_P(LazyLambda, EqualsTheDenseUpdateStepByStep) {
  const std::uint32_t num_topics = 13;
  const std::uint32_t vocab = 200;
  Topics topics = random_topics(num_topics, vocab, 0.3, 5);
  auto lambda = dense(topics);
  const StepSize rho(GetParam(), 0.7);
  for (std::uint64_t t = 1; t <= 60; ++t) {
    const Minibatch batch = make_minibatch(random_documents(6, vocab, 20, t), vocab);
    const OwnedStats stats = random_stats(batch, num_topics, t);
    global_step(batch, stats, 500.0, rho(t), 0.3, t, 1, Parallel(2), topics);
    dense_step(batch, stats, 500.0, rho(t), 0.3, lambda);
    expect_same(topics, lambda, 2e-5);
  }
}

TEST(GlobalStep, RhoOfOneForgetsTheStart) {
  Topics topics = random_topics(4, 30, 0.1, 5);
  const Minibatch batch = make_minibatch(random_documents(3, 30, 10, 1), 30);
  const OwnedStats stats = random_stats(batch, 4, 1);
  global_step(batch, stats, 3.0, 1.0, 0.1, 1, 1, Parallel(1), topics);
  EXPECT_EQ(topics.scale(), 1.0);
  std::vector<std::vector<double>> lambda(30, std::vector<double>(4, 0.0));
  dense_step(batch, stats, 3.0, 1.0, 0.1, lambda);
  expect_same(topics, lambda, 1e-6);
}

TEST(GlobalStep, FoldsTheScaleWithoutAChange) {
  Topics topics = random_topics(5, 60, 0.2, 9);
  auto lambda = dense(topics);
  bool folded = false;
  for (std::uint64_t t = 1; t <= 40; ++t) {
    const Minibatch batch = make_minibatch(random_documents(4, 60, 20, t), 60);
    const OwnedStats stats = random_stats(batch, 5, t);
    const double before = topics.scale();
    global_step(batch, stats, 100.0, 0.5, 0.2, t, 1, Parallel(3), topics);
    folded |= topics.scale() > before;
    dense_step(batch, stats, 100.0, 0.5, 0.2, lambda);
    expect_same(topics, lambda, 2e-5);
  }
  EXPECT_TRUE(folded) << "40 steps of 0.5 must fold";
}

TEST(GlobalStep, ThreadsDoNotChangeABit) {
  const Minibatch batch = make_minibatch(random_documents(50, 700, 80, 2), 700);
  const OwnedStats stats = random_stats(batch, 30, 3);
  Topics one = random_topics(30, 700, 0.1, 4);
  for (const double rho : {1e-5, 0.3, 1.0}) {
    Topics single = one;
    global_step(batch, stats, 900.0, rho, 0.1, 7, 1, Parallel(1), single);
    for (const int threads : {2, 3, 7}) {
      Topics many = one;
      global_step(batch, stats, 900.0, rho, 0.1, 7, 1, Parallel(threads), many);
      for (std::uint32_t w = 0; w < 700; ++w) {
        for (std::uint32_t k = 0; k < 30; ++k) ASSERT_EQ(single.row(w)[k], many.row(w)[k]);
      }
      EXPECT_TRUE(
          std::equal(single.row_sums().begin(), single.row_sums().end(), many.row_sums().begin()));
    }
  }
}

// kappa = 1 and 10^6 steps: lambda is a running mean of the minibatches. Rounded to nearest, M
// loses increments below half a unit in its last place; rounded at random it keeps them on average.
TEST(GlobalStep, MillionTinyStepsStayExact) {
  const std::uint32_t num_topics = 16;
  Topics topics(num_topics, 1, 0.01);
  MinibatchBuilder builder(1);
  builder.add(testing::make_document({{0, 1}}).view(), 1);
  Minibatch batch;
  builder.build(batch);
  OwnedStats stats;
  stats.stride = padded_topics(num_topics);
  stats.values.assign(stats.stride, 0.0f);
  stats.rows = stats.values;
  stats.topic_sums.assign(num_topics, 0.0);
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    stats.values[k] = 0.1f * static_cast<float>(k + 1);
    stats.topic_sums[k] = static_cast<double>(stats.rows[k]);
  }
  const StepSize rho(1.0, 1.0);
  const Parallel parallel(1);
  for (std::uint64_t t = 1; t <= 1'000'000; ++t) {
    global_step(batch, stats, 1000.0, rho(t), 0.01, t, 1, parallel, topics);
  }
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    // After t steps of 1/(1+t) the start has the weight 1/(1+t) in the mean.
    const double target = 0.01 + 1000.0 * static_cast<double>(stats.rows[k]);
    const double exact = (0.01 + 1e6 * target) / (1e6 + 1.0);
    float row[16];
    topics.lambda_row(0, row);
    EXPECT_NEAR(static_cast<double>(row[k]), exact, 1e-4 * exact) << "topic " << k;
    // Summed from M again at each fold, so as exact as M is.
    EXPECT_NEAR(topics.row_sums()[k], exact, 1e-4 * exact) << "topic " << k;
  }
}

}  // namespace
}  // namespace svi_lda

#include "global/average_topics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "global/global_step.h"
#include "global/step_size.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 60;
constexpr double kEta = 0.3;

// Random statistics for the words of a minibatch of two documents, other words each step.
struct Drawn {
  Minibatch batch;
  AlignedVector<float> values;
  SufficientStats stats;
};

Drawn draw(std::uint64_t t) {
  Drawn drawn;
  drawn.batch = make_minibatch(random_documents(2, kWords, 6, t), kWords);
  RandomStream random = testing::test_stream(t);
  drawn.stats.stride = padded_topics(kTopics);
  drawn.values.assign(drawn.batch.num_words() * drawn.stats.stride, 0.0f);
  drawn.stats.topic_sums.assign(kTopics, 0.0);
  for (std::size_t w = 0; w < drawn.batch.num_words(); ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const auto value = static_cast<float>(random.uniform());
      drawn.values[w * drawn.stats.stride + k] = value;
      drawn.stats.topic_sums[k] += static_cast<double>(value);
    }
  }
  drawn.stats.rows = drawn.values;
  return drawn;
}

std::vector<double> dense(const Topics& topics) {
  std::vector<double> lambda(kTopics * kWords);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      lambda[w * kTopics + k] =
          topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
    }
  }
  return lambda;
}

TopicAverage empty_average(const Topics& topics) {
  TopicAverage average;
  average.mean.emplace(topics.num_topics(), topics.vocab_size(), kEta);
  average.taken.assign(topics.vocab_size(), 0.0);
  return average;
}

void step(std::uint64_t t, double rho, const Parallel& parallel, Topics& topics,
          TopicAverage& average) {
  const Drawn drawn = draw(t);
  average_before_step(drawn.batch, rho, t, parallel, topics, average);
  global_step(drawn.batch, drawn.stats, 100.0, rho, kEta, t, 1, parallel, topics);
  average_after_step(t, parallel, topics, average);
}

// The mean with weights (t + 1)(t + 2) t, for which the share of step t is 4 / (t + 3), over all
// lambda in double.
TEST(AverageTopics, IsTheWeightedMeanOverAllSteps) {
  const Parallel parallel(1);
  for (const StepSize& step_size :
       {StepSize(4.0, 0.6), StepSize(0.0, 1.0), StepSize::constant(0.3)}) {
    Topics topics = random_topics(kTopics, kWords, kEta, 3);
    TopicAverage average = empty_average(topics);
    std::vector<double> sum(kTopics * kWords, 0.0);
    double weights = 0.0;
    int folds = 0;
    for (std::uint64_t t = 1; t <= 400; ++t) {
      step(t, step_size(t), parallel, topics, average);
      folds += topics.scale() == 1.0 ? 1 : 0;
      const auto n = static_cast<double>(t);
      const double weight = n * (n + 1.0) * (n + 2.0);
      const std::vector<double> lambda = dense(topics);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * lambda[i];
      weights += weight;
      if (t != 1 && t != 2 && t % 57 != 0) continue;
      TopicAverage completed = average;
      complete_average(parallel, topics, completed);
      const std::vector<double> mean = dense(*completed.mean);
      std::vector<double> row_sums(kTopics, 0.0);
      for (std::size_t i = 0; i < sum.size(); ++i) {
        ASSERT_NEAR(mean[i], sum[i] / weights, 2e-5 * sum[i] / weights) << t << " " << i;
        row_sums[i % kTopics] += sum[i] / weights;
      }
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        ASSERT_NEAR(average.mean->row_sums()[k], row_sums[k], 1e-5 * row_sums[k]) << t;
      }
    }
    EXPECT_GT(folds, 0);  // or the test would not see one
  }
}

TEST(AverageTopics, CompletingItNowAndThenChangesNoMoreThanRounding) {
  const Parallel parallel(1);
  Topics topics = random_topics(kTopics, kWords, kEta, 3);
  TopicAverage rarely = empty_average(topics);
  Topics same = topics;
  TopicAverage often = empty_average(topics);
  for (std::uint64_t t = 1; t <= 100; ++t) {
    step(t, 0.1, parallel, topics, rarely);
    step(t, 0.1, parallel, same, often);
    complete_average(parallel, same, often);
    ASSERT_EQ(often.due, 0.0);
  }
  EXPECT_EQ(dense(topics), dense(same));  // the steps are those of a run without
  complete_average(parallel, topics, rarely);
  const std::vector<double> one = dense(*rarely.mean);
  const std::vector<double> other = dense(*often.mean);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], other[i], 1e-5 * one[i]);
}

TEST(AverageTopics, DoesNotDependOnThreads) {
  Topics one = random_topics(kTopics, kWords, kEta, 3);
  Topics three = one;
  TopicAverage of_one = empty_average(one);
  TopicAverage of_three = empty_average(three);
  for (std::uint64_t t = 1; t <= 100; ++t) {
    step(t, 0.2, Parallel(1), one, of_one);
    step(t, 0.2, Parallel(3), three, of_three);
  }
  EXPECT_EQ(dense(*of_one.mean), dense(*of_three.mean));
  EXPECT_EQ(of_one.taken, of_three.taken);
}

}  // namespace
}  // namespace svi_lda

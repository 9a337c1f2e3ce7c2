#include "global/adaptive_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "base/random.h"
#include "global/global_step.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 40;
constexpr double kEta = 0.3;
constexpr double kCorpusDocs = 60.0;
constexpr double kFirstRho = 0.4;
constexpr double kScale = 1e-5;

// A minibatch of three documents with eight words, and statistics for it; `noise` in [0, 1]: the
// share of them that differs from step to step.
struct Drawn {
  Minibatch batch;
  AlignedVector<float> values;
  SufficientStats stats;
};

Drawn draw(std::uint64_t step, double noise, std::size_t stride) {
  Drawn drawn;
  drawn.batch.doc_number = {1, 2, 3};
  drawn.stats.stride = stride;
  drawn.stats.topic_sums.assign(kTopics, 0.0);
  const std::uint32_t first = noise > 0.0 ? static_cast<std::uint32_t>(step % 4) * 8 : 0;
  for (std::uint32_t i = 0; i < 8; ++i) {
    drawn.batch.words.push_back(first + i);
    for (std::uint32_t k = 0; k < stride; ++k) {
      const auto same = static_cast<double>((i * 7 + k * 3) % 11);
      const auto other =
          static_cast<double>(mix64(mix64(step + 1) ^ (i * 1000 + k)) % 1000) / 100.0;
      const auto value =
          k < kTopics ? static_cast<float>((1.0 - noise) * same + noise * other) : 0.0f;
      drawn.values.push_back(value);
      if (k < kTopics) drawn.stats.topic_sums[k] += static_cast<double>(value);
    }
  }
  drawn.stats.rows = drawn.values;
  return drawn;
}

// The algorithm as the paper has it: lambda and the mean gradient whole, in double.
class Twin {
 public:
  explicit Twin(const Topics& topics) : lambda_(kTopics * kWords), mean_(kTopics * kWords, 0.0) {
    std::vector<float> row(kTopics);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      topics.lambda_row(w, row.data());
      for (std::uint32_t k = 0; k < kTopics; ++k) lambda_[w * kTopics + k] = row[k];
    }
  }

  double step(const Drawn& drawn) {
    std::vector<double> hat(kTopics * kWords, kEta);
    for (std::size_t i = 0; i < drawn.batch.words.size(); ++i) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        hat[drawn.batch.words[i] * kTopics + k] +=
            kCorpusDocs / 3.0 * static_cast<double>(drawn.stats.rows[i * drawn.stats.stride + k]);
      }
    }
    const bool first = tau_ == 0.0;
    const double share = first ? 1.0 : 1.0 / tau_;
    double square = 0.0;
    double square_of_mean = 0.0;
    for (std::size_t i = 0; i < hat.size(); ++i) {
      const double g = hat[i] - lambda_[i];
      mean_[i] = (1.0 - share) * mean_[i] + share * g;
      square += g * g;
      square_of_mean += mean_[i] * mean_[i];
    }
    mean_square_ = (1.0 - share) * mean_square_ + share * square;
    const double rho = first ? kFirstRho : std::min(square_of_mean / mean_square_, 0.99);
    tau_ = first ? 2.0 : tau_ * (1.0 - rho) + 1.0;
    for (std::size_t i = 0; i < hat.size(); ++i) lambda_[i] += rho * (hat[i] - lambda_[i]);
    return rho;
  }

 private:
  std::vector<double> lambda_;
  std::vector<double> mean_;
  double mean_square_ = 0.0;
  double tau_ = 0.0;
};

// A start whose offset is not eta, and whose scale is folded after a few steps.
Topics start() {
  Topics topics(kTopics, kWords, 0.2);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      topics.row(w)[k] = static_cast<float>((w * 5 + k * 2) % 13) / static_cast<float>(kScale);
    }
  }
  topics.restore(kScale, 0.2, {});
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

double lazy_step(const Drawn& drawn, std::uint64_t t, const Parallel& parallel, Topics& topics,
                 GradientMemory& memory) {
  const double scale = topics.scale();
  const double rho = adaptive_step_size(drawn.batch, drawn.stats, kCorpusDocs, kEta, kFirstRho, 1.0,
                                        parallel, topics, memory);
  global_step(drawn.batch, drawn.stats, kCorpusDocs, rho, kEta, t, 1, parallel, topics);
  follow_step(rho, scale, parallel, topics, memory);
  return rho;
}

TEST(AdaptiveStep, IsThePaperWrittenOut) {
  const Parallel parallel(1);
  for (const double noise : {1.0, 0.3}) {
    Topics topics = start();
    GradientMemory memory = initial_gradient(topics);
    Twin twin(topics);
    int folds = 0;
    for (std::uint64_t t = 1; t <= 2000; ++t) {
      const Drawn drawn = draw(t, noise, topics.stride());
      const double expected = twin.step(drawn);
      ASSERT_NEAR(lazy_step(drawn, t, parallel, topics, memory), expected, 1e-4 * expected)
          << "noise " << noise << " step " << t;
      if (topics.scale() == 1.0) ++folds;
    }
    EXPECT_GT(folds, 0) << noise;  // or the test would not see one
  }
}

TEST(AdaptiveStep, GoesAllTheWayWhereMinibatchesAgreeAndShortWhereTheyDoNot) {
  const Parallel parallel(1);
  Topics topics = start();
  GradientMemory memory = initial_gradient(topics);
  const Drawn same = draw(0, 0.0, topics.stride());
  lazy_step(same, 1, parallel, topics, memory);
  // g2 = 0.6 g1: the mean is 0.8 g1, the mean square (1 + 0.36) / 2.
  EXPECT_NEAR(lazy_step(same, 2, parallel, topics, memory), 0.64 / 0.68, 1e-6);
  Topics noisy = start();
  GradientMemory of_noisy = initial_gradient(noisy);
  double rho = 1.0;
  for (std::uint64_t t = 1; t <= 1000; ++t) {
    rho = lazy_step(draw(t, 1.0, noisy.stride()), t, parallel, noisy, of_noisy);
  }
  EXPECT_LT(rho, 0.05);
  EXPECT_GT(rho, 0.0);
}

TEST(AdaptiveStep, DoesNotDependOnThreads) {
  Topics one = start();
  Topics three = start();
  GradientMemory of_one = initial_gradient(one);
  GradientMemory of_three = initial_gradient(three);
  for (std::uint64_t t = 1; t <= 50; ++t) {
    const Drawn drawn = draw(t, 0.5, one.stride());
    const double rho = lazy_step(drawn, t, Parallel(1), one, of_one);
    ASSERT_EQ(lazy_step(drawn, t, Parallel(3), three, of_three), rho);
  }
  EXPECT_EQ(of_one.rows, of_three.rows);
}

}  // namespace
}  // namespace svi_lda

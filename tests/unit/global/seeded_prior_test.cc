#include "global/seeded_prior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "global/coordinate_ascent.h"
#include "global/global_step.h"
#include "global/step_size.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;

constexpr std::uint32_t kTopics = 7;
constexpr std::uint32_t kVocab = 60;
constexpr double kEta = 0.03;

const std::vector<SeededWord> kSeeds = {
    {0, 2, 40.0}, {3, 0, 1e-3}, {3, 6, 2.5}, {17, 2, 1000.0}, {59, 5, 0.7}};

// Sufficient statistics that own their rows.
struct OwnedStats : SufficientStats {
  AlignedVector<float> values;
};

void random_stats(const Minibatch& batch, std::uint64_t seed, OwnedStats& stats) {
  RandomStream random = testing::test_stream(seed);
  stats.stride = padded_topics(kTopics);
  stats.values.assign(batch.num_words() * stats.stride, 0.0f);
  stats.rows = stats.values;
  stats.topic_sums.assign(kTopics, 0.0);
  for (std::size_t i = 0; i < batch.num_words(); ++i) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      stats.values[i * stats.stride + k] = static_cast<float>(random.uniform());
      stats.topic_sums[k] += static_cast<double>(stats.values[i * stats.stride + k]);
    }
  }
}

// lambda with a prior of its own for every topic and word, held densely in double.
class DenseTwin {
 public:
  explicit DenseTwin(const Topics& topics)
      : lambda_(kVocab, std::vector<double>(kTopics)),
        eta_(kVocab, std::vector<double>(kTopics, kEta)) {
    for (const SeededWord& seed : kSeeds) eta_[seed.word][seed.topic] += seed.extra;
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        lambda_[w][k] = topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]) +
                        eta_[w][k] - kEta;
      }
    }
  }

  void step(const Minibatch& batch, const SufficientStats& stats, double docs, double rho) {
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        lambda_[w][k] = (1.0 - rho) * lambda_[w][k] + rho * eta_[w][k];
      }
    }
    const double gain = rho * docs / static_cast<double>(batch.num_docs());
    for (std::size_t i = 0; i < batch.num_words(); ++i) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        lambda_[batch.words[i]][k] += gain * static_cast<double>(stats.rows[i * stats.stride + k]);
      }
    }
  }

  void expect_same(const Topics& topics, double relative) const {
    std::vector<double> sums(kTopics, 0.0);
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        sums[k] += lambda_[w][k];
        const double lambda =
            topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
        ASSERT_NEAR(lambda, lambda_[w][k], relative * lambda_[w][k]) << w << ", topic " << k;
      }
    }
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      ASSERT_NEAR(topics.row_sums()[k], sums[k], 0.1 * relative * sums[k]) << "topic " << k;
    }
  }

 private:
  std::vector<std::vector<double>> lambda_, eta_;
};

// Also where most seeded words are in no minibatch, with rho = 1 in the first step and across the
// folding of s.
TEST(SeededPrior, StepsAreThoseWithAPriorOfEachTopicAndWord) {
  struct Case {
    double tau0, kappa;
    int steps;
  };
  for (const Case& one : {Case{0.0, 0.6, 40}, Case{1.0, 0.51, 400}, Case{64.0, 1.0, 100}}) {
    Topics topics = testing::random_topics(kTopics, kVocab, kEta, 3);
    DenseTwin twin(topics);
    add_seeded_prior(kSeeds, 1.0, 0, 1, topics);
    twin.expect_same(topics, 1e-6);
    const StepSize step_size(one.tau0, one.kappa);
    for (int t = 1; t <= one.steps; ++t) {
      const auto step = static_cast<std::uint64_t>(t);
      const Minibatch batch = make_minibatch(random_documents(3, kVocab / 2, 9, step), kVocab);
      OwnedStats stats;
      random_stats(batch, step, stats);
      const double rho = step_size(step);
      global_step(batch, stats, 500.0, rho, kEta, step, 1, Parallel(2), topics);
      add_seeded_prior(kSeeds, rho, step, 1, topics);
      twin.step(batch, stats, 500.0, rho);
      if (t % 20 == 0) twin.expect_same(topics, 3e-6);
    }
  }
}

// With steps so small that rounding to nearest would lose them all, lambda keeps to its prior on
// average.
TEST(SeededPrior, SmallStepsAreNotLost) {
  constexpr double kRho = 1e-8;
  constexpr int kSteps = 20000;
  const std::vector<SeededWord> one = {{1, 1, 1e3}};
  double mean = 0.0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Topics topics(kTopics, kVocab, kEta);
    add_seeded_prior(one, 1.0, 0, seed, topics);
    for (int t = 1; t <= kSteps; ++t) {
      add_seeded_prior(one, kRho, static_cast<std::uint64_t>(t), seed, topics);
    }
    mean += (static_cast<double>(topics.row(1)[1]) - 1e3) / 20.0;
    EXPECT_NEAR(topics.row_sums()[1], kVocab * kEta + 1e3 * (1.0 + kRho * kSteps), 1e-6);
  }
  // A unit in the last place is 6e-5, so that a run is off by 0.0037 (one standard deviation at
  // most) and the mean of 20 by 0.0008.
  EXPECT_NEAR(mean, 1e3 * kRho * kSteps, 5.0 * 0.0009);
}

// Coordinate ascent begins anew after each pass.
TEST(SeededPrior, IsInLambdaAfterAPassOfCoordinateAscent) {
  const Minibatch batch = make_minibatch(random_documents(6, kVocab / 2, 9, 1), kVocab);
  OwnedStats stats;
  random_stats(batch, 1, stats);
  Topics topics = testing::random_topics(kTopics, kVocab, kEta, 3);
  DenseTwin twin(topics);
  DocumentMemory memory;
  add_to_sums(batch, stats, 0.0, Parallel(2), topics, memory);
  take_sums(kEta, Parallel(2), topics, memory);
  add_seeded_prior(kSeeds, 1.0, 1, 1, topics);
  twin.step(batch, stats, static_cast<double>(batch.num_docs()), 1.0);
  twin.expect_same(topics, 1e-6);
}

}  // namespace
}  // namespace svi_lda

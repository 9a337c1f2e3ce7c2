#include "app/update_run.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 3;
constexpr std::uint32_t kVocab = 5;

// A model of 40 documents whose lambda lies `above` its prior, word by word and topic by topic.
Model model_of(Hyperparameters hyper, const std::vector<float>& above) {
  Topics topics(kTopics, kVocab, 0.0);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      topics.row(w)[k] = static_cast<float>(hyper.word_prior()(w)) + above[w * kTopics + k];
    }
  }
  for (const SeededWord& seed : hyper.seeds) {
    topics.row(seed.word)[seed.topic] += static_cast<float>(seed.extra);
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return {std::move(topics), std::move(hyper), {}, std::vector<std::uint64_t>(kVocab, 7), {}};
}

std::vector<float> lambda_of(const Topics& topics) {
  std::vector<float> lambda(kTopics * kVocab);
  for (std::uint32_t w = 0; w < kVocab; ++w) topics.lambda_row(w, lambda.data() + w * kTopics);
  return lambda;
}

const ModelBase kBase{40, 35, 1, 12, "even", 1.0};
const std::vector<float> kAbove = {3, 0, 1, 5, 2, 0, 0, 0, 0, 1, 1, 1, 8, 0.5, 0};

TEST(StateOfUpdate, ScalesWhatLiesAboveThePriorToAllDocuments) {
  for (const bool per_word : {false, true}) {
    Hyperparameters hyper{{0.1, 0.2, 0.3}, 0.05};
    if (per_word) hyper.eta_words = {0.01, 0.02, 0.03, 0.04, 0.15};
    hyper.seeds = {{1, 0, 2.5}, {1, 2, 0.5}, {4, 1, 4.0}};
    TrainOptions options;
    options.topics = kTopics;
    // 40 old documents and 10 new ones: what is above the prior grows by a quarter.
    const TrainingState state =
        state_of_update(options, kBase, model_of(hyper, kAbove), 10.0, Parallel(2));
    const std::vector<float> lambda = lambda_of(state.topics);
    std::vector<double> sums(kTopics, 0.0);
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        double expected =
            hyper.word_prior()(w) + 1.25 * static_cast<double>(kAbove[w * kTopics + k]);
        for (const SeededWord& seed : hyper.seeds) {
          if (seed.word == w && seed.topic == k) expected += seed.extra;
        }
        EXPECT_NEAR(lambda[w * kTopics + k], expected, 2e-6 * expected) << w << ", " << k;
        sums[k] += expected;
      }
    }
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_NEAR(state.topics.row_sums()[k], sums[k], 1e-5 * sums[k]);
    }
    EXPECT_EQ(state.hyper.alpha, hyper.alpha);
    EXPECT_EQ(state.hyper.eta_words, hyper.eta_words);
    EXPECT_EQ(state.step, 12u);
    EXPECT_EQ(state.docs, 0u);
    EXPECT_EQ(state.base_share, 1.0);
  }
}

TEST(StateOfUpdate, LeavesWhatIsBelowThePriorAsItIs) {
  std::vector<float> above = kAbove;
  above[2] = -0.04f;
  TrainOptions options;
  options.topics = kTopics;
  const TrainingState state = state_of_update(
      options, kBase, model_of({{0.1, 0.1, 0.1}, 0.05}, above), 4000.0, Parallel(1));
  EXPECT_NEAR(lambda_of(state.topics)[2], 0.01f, 1e-6f);
}

TEST(StateOfUpdate, TakesAMeanOfTheStepsOnlyWhereTheyBeginAnew) {
  TrainOptions options;
  options.topics = kTopics;
  options.inference = "gibbs";
  const Hyperparameters plain{{0.1, 0.1, 0.1}, 0.05};
  const auto takes_one = [&](const char* step_size, const Hyperparameters& hyper) {
    ModelBase base = kBase;
    base.step_size = step_size;
    return !state_of_update(options, base, model_of(hyper, kAbove), 10.0, Parallel(1))
                .average.empty();
  };
  EXPECT_TRUE(takes_one("restart", plain));
  EXPECT_FALSE(takes_one("even", plain));
  EXPECT_FALSE(takes_one("continue", plain));
  Hyperparameters seeded = plain;
  seeded.seeds = {{1, 0, 2.5}};
  EXPECT_FALSE(takes_one("restart", seeded));
  options.average = "off";
  EXPECT_FALSE(takes_one("restart", plain));
}

}  // namespace
}  // namespace svi_lda

#include "app/duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/settling.h"
#include "eval/duplicate_topics.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 8;
constexpr std::uint32_t kWords = 200;
constexpr double kEta = 0.1;

// A run at the end of its `pass`-th pass of ten, whose topics have 20 words each; the topics 2 and
// 6 the same ones.
class MergeDuplicates : public ::testing::Test {
 protected:
  TrainingRun run_at(std::uint64_t pass, bool duplicates) const {
    TrainOptions options;
    options.corpus = folder_.file("corpus.txt");
    options.output = folder_.file("run");
    options.topics = kTopics;
    options.eta = "0.1";
    options.alpha = "0.1";
    options.passes = 10;
    options.leave_out = "off";
    options.threads = 1;
    testing::write_uci(options.corpus, testing::random_documents(50, kWords, 80, 3), kWords);
    const RunDirectory directory(options.output);
    auto corpus = TrainingCorpus::open(options, directory, std::nullopt, true, {});
    TrainingState state = initial_state(options, *corpus, std::nullopt, Parallel(1));
    state.topics = Topics(kTopics, kWords, kEta);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        const std::uint32_t block = duplicates && k == 6 ? 2 : k;
        state.topics.row(w)[k] = w / 20 == block ? 50.0f - static_cast<float>(w % 20) : 0.0f;
      }
    }
    state.topics.set_row_sums(state.topics.sum_rows(Parallel(1)));
    state.position.pass = pass;
    return {std::move(options), directory,        {},
            std::move(corpus),  std::move(state), std::chrono::steady_clock::now()};
  }
  static std::vector<float> lambda(const TrainingRun& run) {
    const Topics& topics = run.state.topics;
    return {topics.row(0), topics.row(0) + kWords * topics.stride()};
  }

  TemporaryFolder folder_;
};

TEST_F(MergeDuplicates, PlantedOnesAreGoneAndTheOthersAsTheyWere) {
  TrainingRun run = run_at(2, true);
  const std::vector<float> before = lambda(run);
  ASSERT_EQ(duplicate_topics(run.state.topics, kEta, Parallel(1)).size(), 1u);
  merge_duplicates(run, Parallel(1));
  EXPECT_TRUE(duplicate_topics(run.state.topics, kEta, Parallel(1)).empty());
  const std::vector<float> after = lambda(run);
  const std::size_t stride = run.state.topics.stride();
  double anew = 0.0;
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const float was = before[w * stride + k];
      if (k == 6) {
        anew += static_cast<double>(after[w * stride + k]);
      } else {
        EXPECT_FLOAT_EQ(after[w * stride + k], k == 2 ? 2.0f * was : was);
      }
    }
  }
  EXPECT_GT(anew, 0.0) << "it begins as documents";
  const std::vector<double> sums = run.state.topics.sum_rows(Parallel(1));
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(run.state.topics.row_sums()[k], sums[k], 1e-3);
  }
  TrainingRun other = run_at(2, true);
  merge_duplicates(other, Parallel(3));
  EXPECT_EQ(lambda(other), after);
}

TEST_F(MergeDuplicates, TheMeanOfTheStepsIsOfTheNewTopics) {
  TrainingRun run = run_at(2, true);
  run.state.average.mean.emplace(kTopics, kWords, kEta);
  run.state.average.taken.assign(kWords, 0.0);
  merge_duplicates(run, Parallel(1));
  const Topics& mean = *run.state.average.mean;
  std::vector<float> of_mean(kTopics);
  std::vector<float> now(kTopics);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    mean.lambda_row(w, of_mean.data());
    run.state.topics.lambda_row(w, now.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_FLOAT_EQ(of_mean[k], k == 2 || k == 6 ? now[k] : static_cast<float>(kEta));
    }
  }
  for (const std::uint32_t k : {2u, 6u}) {
    EXPECT_NEAR(mean.row_sums()[k], run.state.topics.row_sums()[k], 1e-9);
  }
}

TEST_F(MergeDuplicates, DistinctTopicsStay) {
  TrainingRun run = run_at(2, false);
  const std::vector<float> before = lambda(run);
  merge_duplicates(run, Parallel(1));
  EXPECT_EQ(lambda(run), before);
}

TEST_F(MergeDuplicates, OnlyEarlyAndWhereTopicsMayChange) {
  TrainingRun first_pass = run_at(1, true);
  TrainingRun between = run_at(10, true);
  TrainingRun late = run_at(16, true);
  late.state.step = kFewestSteps / 2 + 1;
  TrainingRun adaptive = run_at(2, true);
  adaptive.state.gradient.rows.resize(1);
  TrainingRun per_word = run_at(2, true);
  per_word.state.hyper.eta_words.assign(kWords, kEta);
  for (TrainingRun* run : {&first_pass, &between, &late, &adaptive, &per_word}) {
    const std::vector<float> before = lambda(*run);
    merge_duplicates(*run, Parallel(1));
    EXPECT_EQ(lambda(*run), before);
  }
  TrainingRun ascent = run_at(2, true);
  ascent.options.inference = "batch";
  TrainingRun seeded = run_at(2, true);
  seeded.options.seed_words = "seeds.txt";
  for (TrainingRun* run : {&ascent, &seeded}) {
    const std::vector<float> before = lambda(*run);
    merge_duplicates(*run, Parallel(1));
    EXPECT_EQ(lambda(*run), before);
  }
}

}  // namespace
}  // namespace svi_lda

#include "output/topic_average_file.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <string>

#include "output/model_file.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

constexpr std::uint32_t kTopics = 3;
constexpr std::uint32_t kWords = 5;

TopicAverage sample_average() {
  TopicAverage average;
  average.mean.emplace(kTopics, kWords, 0.1);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      average.mean->row(w)[k] = static_cast<float>(w + k) / 3.0f;
    }
  }
  average.mean->restore(0.5, 1.0 / 7.0, {1.0 / 3.0, 2.0, 3e10});
  average.taken = {0.0, 0.25, 1.0 / 3.0, 0.5, 0.5};
  average.due = 0.5;
  return average;
}

void expect_equal(const TopicAverage& read, const TopicAverage& average) {
  ASSERT_EQ(read.empty(), average.empty());
  EXPECT_EQ(read.taken, average.taken);
  EXPECT_EQ(read.due, average.due);
  if (average.empty()) return;
  EXPECT_EQ(read.mean->scale(), average.mean->scale());
  EXPECT_EQ(read.mean->eta_bar(), average.mean->eta_bar());
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_EQ(read.mean->row_sums()[k], average.mean->row_sums()[k]);
    for (std::uint32_t w = 0; w < kWords; ++w) {
      EXPECT_EQ(read.mean->row(w)[k], average.mean->row(w)[k]);
    }
  }
}

class TopicAverageFile : public ::testing::Test {
 protected:
  void write(const TopicAverage& average) {
    NpzWriter npz(path_);
    npz.add_text("meta.json", "{}");
    const TopicAverageMembers members(average);
    members.add_to(npz, path_);
    npz.finish();
  }
  TopicAverage read() { return read_topic_average(path_, NpzReader(path_), kTopics, kWords); }
  TemporaryFolder folder_;
  std::string path_ = folder_.file("average.npz");
};

TEST_F(TopicAverageFile, SurvivesBitForBit) {
  for (const TopicAverage& average : {sample_average(), TopicAverage()}) {
    write(average);
    expect_equal(read(), average);
  }
}

TEST_F(TopicAverageFile, IsWhatACheckpointGivesAsAModel) {
  TrainingState state = sample_state(kTopics, kWords);
  state.average = sample_average();
  write_checkpoint(path_, state, {}, std::vector<std::uint64_t>(kWords, 1), sample_meta());
  expect_equal(read_checkpoint(path_).state.average, state.average);
  const Topics topics = read_model(path_).topics;
  std::vector<float> lambda(kTopics);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    topics.lambda_row(w, lambda.data());
    const double due = 0.5 - state.average.taken[w];
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const double mean = static_cast<double>(state.average.mean->row(w)[k]) +
                          due * static_cast<double>(state.topics.row(w)[k]);
      EXPECT_NEAR(lambda[k], 1.0 / 7.0 + 0.5 * mean, 1e-6 * lambda[k]);
    }
  }
}

TEST_F(TopicAverageFile, WhatDoesNotFitIsRefused) {
  struct {
    const char* problem;
    std::function<void(TopicAverage&)> breaks;
  } const all[] = {
      {"average_taken.npy: of another shape", [](auto& a) { a.taken.pop_back(); }},
      {"average_numbers.npy: a value out of range", [](auto& a) { a.due = -1.0; }},
      {"average_numbers.npy: a value out of range",
       [](auto& a) {
         a.mean->restore(2.0, 0.1, {1.0, 1.0, 1.0});
       }},
      {"average_row_sums.npy: of another shape",
       [](auto& a) {
         a.mean->restore(0.5, 0.1, {1.0, 1.0});
       }},
  };
  for (const auto& one : all) {
    TopicAverage average = sample_average();
    one.breaks(average);
    write(average);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read(); }), HasSubstr(one.problem));
  }
}

TEST_F(TopicAverageFile, NothingThatIsNotFiniteIsWritten) {
  for (const auto& breaks : std::initializer_list<std::function<void(TopicAverage&)>>{
           [](auto& a) { a.mean->row(1)[1] = -INFINITY; }, [](auto& a) { a.due = NAN; }}) {
    TopicAverage average = sample_average();
    breaks(average);
    EXPECT_THAT(problem_of(ErrorKind::kNumeric, [&] { write(average); }), HasSubstr("average.npz"));
    EXPECT_EQ(folder_.entries(), 0u);
  }
}

}  // namespace
}  // namespace svi_lda

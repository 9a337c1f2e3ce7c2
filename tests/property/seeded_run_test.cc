// Whole runs with --seed-words: topics come to the numbers that they were given, and go on without
// the file.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "output/model_file.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "svi_lda/topics.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

const std::string kData = SVI_LDA_DATA_DIR;

// The words of each theme of the demonstration corpus, most probable first.
std::map<std::string, std::vector<std::string>> themes() {
  std::map<std::string, std::vector<std::string>> out;
  std::ifstream file(kData + "/demo.topics.tsv");
  std::string theme, word, rest;
  std::getline(file, rest);  // names of the columns
  while (std::getline(file, theme, '\t') && std::getline(file, word, '\t')) {
    std::getline(file, rest);
    out[theme].push_back(word);
  }
  return out;
}

class SeededRun : public ::testing::TestWithParam<const char*> {
 protected:
  static constexpr std::uint32_t kFirstWords = 5;

  void SetUp() override {
    std::ofstream file(seeds());
    file << "# five words of three themes\n";
    for (const auto& [topic, theme] : wanted_) {
      file << topic << ":";
      for (std::uint32_t i = 0; i < kFirstWords; ++i) file << " " << themes_.at(theme)[i];
      file << "\n";
    }
  }
  std::string seeds() const { return folder_.file("seeds.txt"); }
  std::string run(const std::string& name) const { return folder_.file(name); }
  TrainOptions options(const std::string& name) const {
    TrainOptions options;
    options.corpus = kData + "/demo.docword.txt.gz";
    options.vocabulary = kData + "/demo.vocab.txt";
    options.output = run(name);
    options.topics = 30;
    options.inference = GetParam();
    options.passes = 4;
    options.batch_size = 256;
    options.threads = 2;
    options.seed_words = seeds();
    options.bound_tolerance = 0.0;
    return options;
  }

  const std::map<std::string, std::vector<std::string>> themes_ = themes();
  const std::map<std::uint32_t, std::string> wanted_ = {
      {3, "architecture"}, {11, "chess"}, {29, "music"}};

 private:
  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Methods, SeededRun,
                         ::testing::Values("vb", "em", "cvb0", "gibbs", "auto", "batch",
                                           "incremental"),
                         [](const auto& method) { return std::string(method.param); });

TEST_P(SeededRun, TopicsComeToTheirNumbers) {
  TrainOptions one = options("run");
  if (one.inference == "batch") one.passes = 15;
  train(one);
  for (const TopicSummary& topic : topics(one.output, 15).topics) {
    const auto wanted = wanted_.find(topic.topic);
    if (wanted == wanted_.end()) continue;
    const auto& theme = themes_.at(wanted->second);
    const auto of_theme =
        std::count_if(topic.words.begin(), topic.words.end(), [&](const TopWord& word) {
          return std::find(theme.begin(), theme.end(), word.word) != theme.end();
        });
    EXPECT_GE(of_theme, 12) << "topic " << topic.topic << " is not " << wanted->second;
  }
}

TEST_P(SeededRun, ThreadsDoNotChangeAByte) {
  TrainOptions one = options("one");
  one.passes = 2;
  one.threads = 1;
  train(one);
  one.threads = 3;
  one.output = run("three");
  train(one);
  EXPECT_EQ(read_file(run("one") + "/model.npz"), read_file(run("three") + "/model.npz"));
}

TEST_P(SeededRun, GoesOnWithoutTheFile) {
  TrainOptions one = options("whole");
  one.passes = 2;
  train(one);
  one.output = run("stopped");
  TrainCallbacks callbacks;
  callbacks.stop_signal = [left = 30]() mutable { return --left <= 0 ? 15 : 0; };
  ASSERT_EQ(train(one, callbacks).end, TrainResult::End::kSignal);
  std::filesystem::remove(seeds());
  ResumeOptions again;
  again.run = one.output;
  ASSERT_EQ(resume(again).end, TrainResult::End::kFinished);
  EXPECT_EQ(read_file(run("stopped") + "/model.npz"), read_file(run("whole") + "/model.npz"));
  const Model model = read_model(run("whole") + "/model.npz");
  EXPECT_EQ(model.hyper.seeds.size(), 3 * kFirstWords);
  std::set<std::string> words;
  for (const SeededWord& seed : model.hyper.seeds) words.insert(model.vocabulary.word(seed.word));
  EXPECT_EQ(words.count(themes_.at("music")[0]), 1u);
}

TEST_P(SeededRun, LambdaIsNeverBelowThePrior) {
  TrainOptions one = options("run");
  train(one);
  const Model model = read_model(one.output + "/model.npz");
  std::vector<float> lambda(model.topics.num_topics());
  for (const SeededWord& seed : model.hyper.seeds) {
    model.topics.lambda_row(seed.word, lambda.data());
    EXPECT_GT(static_cast<double>(lambda[seed.topic]),
              (1.0 - 1e-5) * (model.hyper.eta + seed.extra));
  }
}

class SeededAscent : public SeededRun {};
INSTANTIATE_TEST_SUITE_P(Methods, SeededAscent, ::testing::Values("batch", "incremental"),
                         [](const auto& method) { return std::string(method.param); });

TEST_P(SeededAscent, TheBoundDoesNotFall) {
  TrainOptions one = options("run");
  one.passes = 12;
  train(one);
  std::ifstream file(one.output + "/metrics.jsonl");
  double before = -INFINITY;
  std::size_t passes = 0;
  for (std::string line; std::getline(file, line); ++passes) {
    const double bound = nlohmann::json::parse(line).at("corpus_bound_per_token");
    EXPECT_GE(bound, before - 1e-6 * std::abs(bound)) << "pass " << passes + 1;
    before = bound;
  }
  EXPECT_EQ(passes, 12u);
}

TEST_P(SeededRun, AFileThatNamesNoTopicLeavesNothingBehind) {
  std::ofstream(seeds()) << "30: music\n";
  const TrainOptions one = options("run");
  const std::string problem = problem_of(ErrorKind::kInput, [&] { train(one); });
  EXPECT_NE(problem.find(seeds() + ":1"), std::string::npos) << problem;
  EXPECT_FALSE(std::filesystem::exists(one.output));
}

}  // namespace
}  // namespace svi_lda

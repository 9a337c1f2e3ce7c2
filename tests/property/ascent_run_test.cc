// Whole runs by coordinate ascent: when they stop, what they report, what they refuse.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/file.h"
#include "support/corpus_file.h"
#include "support/problem_of.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

class AscentRun : public ::testing::TestWithParam<const char*> {
 protected:
  static constexpr std::uint64_t kDocs = 120;
  void SetUp() override {
    testing::write_uci(corpus(), testing::random_documents(kDocs, 80, 60, 17), 80);
  }
  std::string corpus() const { return folder_.path() + "/corpus.txt"; }
  std::string run(const std::string& name) const { return folder_.path() + "/" + name; }
  TrainOptions options(const std::string& name) const {
    TrainOptions options;
    options.corpus = corpus();
    options.output = run(name);
    options.topics = 6;
    options.inference = GetParam();
    options.batch_size = 25;
    options.threads = 2;
    options.keep_cache = true;
    return options;
  }

 private:
  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Methods, AscentRun, ::testing::Values("batch", "incremental"),
                         [](const auto& method) { return std::string(method.param); });

std::vector<double> bounds_in(const std::string& run) {
  std::vector<double> bounds;
  std::ifstream file(run + "/metrics.jsonl");
  for (std::string line; std::getline(file, line);) {
    const auto record = nlohmann::json::parse(line);
    EXPECT_FALSE(record.contains("held_out_perplexity"));
    bounds.push_back(record.at("corpus_bound_per_token"));
  }
  return bounds;
}

std::string end_of(const std::string& run) {
  return nlohmann::json::parse(read_file(run + "/run.json")).at("end").at("reason");
}

TEST_P(AscentRun, StopsWhenTheBoundHasSettled) {
  TrainOptions one = options("run");
  one.bound_tolerance = 1e-3;
  const TrainResult result = train(one);
  EXPECT_EQ(result.end, TrainResult::End::kFinished);
  const std::vector<double> bounds = bounds_in(one.output);
  ASSERT_EQ(bounds.size(), result.passes);
  ASSERT_GE(bounds.size(), 3u);
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    EXPECT_GE(bounds[i], bounds[i - 1] - 1e-6 * std::abs(bounds[i - 1]));
    const bool settled = bounds[i] - bounds[i - 1] < 1e-3 * std::abs(bounds[i - 1]);
    EXPECT_EQ(settled, i + 1 == bounds.size()) << "pass " << i + 1;
  }
  EXPECT_EQ(end_of(one.output), "corpus bound");

  // There is nothing left to do then, whatever number of passes is asked for.
  const std::string model = read_file(one.output + "/model.npz");
  ResumeOptions again;
  again.run = one.output;
  again.passes = 5000;
  EXPECT_EQ(resume(again).step, result.step);
  std::filesystem::remove(one.output + "/model.npz");
  EXPECT_EQ(resume(again).step, result.step);
  EXPECT_EQ(read_file(one.output + "/model.npz"), model);
}

TEST_P(AscentRun, TakesThePassesThatItIsGiven) {
  TrainOptions one = options("run");
  one.passes = 4;
  one.bound_tolerance = 0.0;
  EXPECT_EQ(train(one).passes, 4u);
  EXPECT_EQ(end_of(one.output), "passes");
  ResumeOptions more;
  more.run = one.output;
  more.passes = 7;
  EXPECT_EQ(resume(more).passes, 7u);
  one.output = run("whole");
  one.passes = 7;
  train(one);
  EXPECT_EQ(read_file(run("run") + "/model.npz"), read_file(run("whole") + "/model.npz"));
  EXPECT_EQ(bounds_in(run("run")), bounds_in(run("whole")));
}

TEST_P(AscentRun, CheckpointsInTheMiddleOfAPassChangeNothing) {
  TrainOptions one = options("never");
  one.passes = 4;
  one.checkpoint_every = "0";
  train(one);
  one.output = run("always");
  one.checkpoint_every = "1";
  one.report_every = "1";
  train(one);
  EXPECT_EQ(read_file(run("never") + "/model.npz"), read_file(run("always") + "/model.npz"));
}

TEST_P(AscentRun, SaysWhatItWouldRemember) {
  TrainOptions one = options("run");
  one.topics = 100'000;
  one.memory_limit = "130M";
  const std::string problem = problem_of(ErrorKind::kMemory, [&] { train(one); });
  EXPECT_NE(problem.find("--inference " + one.inference + " remembers of 120 documents"),
            std::string::npos)
      << problem;
  one.inference = "vb";
  one.memory_limit = "0";
  one.passes = 1;
  EXPECT_EQ(train(one).passes, 1u);
}

TEST_P(AscentRun, ACheckpointWithoutTheDocumentsIsOfAnotherRun) {
  TrainOptions one = options("vb");
  one.inference = "vb";
  one.passes = 1;
  train(one);
  one = options("run");
  one.passes = 1;
  train(one);
  std::filesystem::remove_all(run("run") + "/checkpoints");
  std::filesystem::copy(run("vb") + "/checkpoints", run("run") + "/checkpoints");
  ResumeOptions more;
  more.run = run("run");
  more.passes = 3;
  EXPECT_NE(problem_of(ErrorKind::kInput, [&] { resume(more); }).find("is of another run"),
            std::string::npos);
}

}  // namespace
}  // namespace svi_lda

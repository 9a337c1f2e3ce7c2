// Whole runs by the step sizes other than robbins-monro, and with the mean of lambda over the
// steps: threads, interruption, what metrics say, the mean.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/file.h"
#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using testing::model_bytes;

class StepRules : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    testing::write_uci(folder_.path() + "/corpus.txt", testing::random_documents(240, 120, 60, 17),
                       120);
  }
  TrainOptions options(const std::string& name, std::string step) const {
    if (step == "averaged") step = "constant";
    TrainOptions options;
    options.corpus = folder_.path() + "/corpus.txt";
    options.output = folder_.path() + "/" + name;
    options.topics = 6;
    options.inference = "cvb0";
    options.step = step;
    options.average = GetParam() == "averaged" ? "on" : "off";
    options.rho = 0.25;  // lambda is folded every 48 steps
    options.passes = 8;
    options.batch_size = 20;
    options.threads = 2;
    options.report_every = "1";
    return options;
  }
  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Rules, StepRules, ::testing::Values("constant", "adaptive", "averaged"),
                         [](const auto& rule) { return rule.param; });

std::vector<double> rhos(const TrainOptions& options) {
  std::vector<double> rhos;
  std::ifstream file(options.output + "/metrics.jsonl");
  for (std::string line; std::getline(file, line);) {
    rhos.push_back(nlohmann::json::parse(line).at("rho"));
  }
  return rhos;
}

TEST_P(StepRules, ThreadsDoNotChangeAByteOfTheModel) {
  TrainOptions run = options("one", GetParam());
  run.threads = 1;
  train(run);
  const std::string bytes = model_bytes(run);
  for (const int threads : {2, 7}) {
    run.threads = threads;
    run.output = folder_.file("t" + std::to_string(threads));
    train(run);
    EXPECT_EQ(model_bytes(run), bytes) << threads << " threads";
  }
}

TEST_P(StepRules, StoppedAtAnyStepAndResumedGivesTheSameBytes) {
  TrainOptions run = options("whole", GetParam());
  train(run);
  const std::string whole = model_bytes(run);
  for (const int stop : {1, 2, 12, 47, 48, 49, 90}) {
    run.output = folder_.file("stopped" + std::to_string(stop));
    TrainCallbacks callbacks;
    callbacks.stop_signal = [left = stop]() mutable { return --left <= 0 ? 15 : 0; };
    ASSERT_EQ(train(run, callbacks).end, TrainResult::End::kSignal);
    ResumeOptions again;
    again.run = run.output;
    again.threads = 1 + stop % 3;
    resume(again);
    EXPECT_EQ(model_bytes(run), whole) << "stopped at " << stop;
  }
}

TEST_P(StepRules, MetricsSayWhichStepsWereTaken) {
  const TrainOptions run = options("run", GetParam());
  train(run);
  const std::vector<double> taken = rhos(run);
  ASSERT_EQ(taken.size(), 96u);
  if (run.step == "constant") {
    EXPECT_EQ(taken, std::vector<double>(96, 0.25));
    return;
  }
  EXPECT_DOUBLE_EQ(taken.front(), std::pow(run.tau0 + 1.0, -run.kappa));
  EXPECT_LT(taken.back(), taken[1]);
  for (const double rho : taken) {
    EXPECT_GT(rho, 0.0);
    EXPECT_LT(rho, 1.0);
  }
}

TEST_P(StepRules, AverageIsTheMeanOfTheRunWithout) {
  TrainOptions run = options("averaged", GetParam());
  run.average = "on";
  train(run);
  TrainOptions without = options("without", GetParam());
  without.average = "off";
  without.checkpoint_every = "1";
  without.keep_checkpoints = 1000;
  train(without);

  const Topics mean = read_model(run.output + "/model.npz").topics;
  const std::size_t topics = mean.num_topics();
  std::vector<double> sum(topics * mean.vocab_size(), 0.0);
  double weights = 0.0;
  std::vector<float> lambda(topics);
  for (std::uint64_t t = 1; t <= 96; ++t) {
    const auto n = static_cast<double>(t);
    const double weight = n * (n + 1.0) * (n + 2.0);
    weights += weight;
    const Topics of_step = read_model(checkpoint_path(without.output + "/checkpoints", t)).topics;
    for (std::uint32_t w = 0; w < of_step.vocab_size(); ++w) {
      of_step.lambda_row(w, lambda.data());
      for (std::size_t k = 0; k < topics; ++k) {
        sum[w * topics + k] += weight * static_cast<double>(lambda[k]);
      }
    }
  }
  for (std::uint32_t w = 0; w < mean.vocab_size(); ++w) {
    mean.lambda_row(w, lambda.data());
    for (std::size_t k = 0; k < topics; ++k) {
      const double expected = sum[w * topics + k] / weights;
      ASSERT_NEAR(lambda[k], expected, 1e-5 * expected) << w << " " << k;
    }
  }
}

}  // namespace
}  // namespace svi_lda

// Whole runs: how topics begin, and what happens where all of them become alike.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using testing::stop_after;

const std::string kData = SVI_LDA_DATA_DIR;

class Start : public ::testing::Test {
 protected:
  std::string run(const std::string& name) const { return folder_.file(name); }
  std::string model(const std::string& name) const { return read_file(run(name) + "/model.npz"); }
  nlohmann::json record(const std::string& name) const {
    return nlohmann::json::parse(read_file(run(name) + "/run.json"));
  }
  TrainOptions demo(const std::string& name) const {
    TrainOptions options;
    options.corpus = kData + "/demo.docword.txt.gz";
    options.output = run(name);
    options.topics = 25;
    options.passes = 2;
    options.batch_size = 256;
    options.threads = 2;
    return options;
  }
  // Documents that are all drawn from one distribution: there is but one topic.
  TrainOptions alike(const std::string& name) const {
    const std::string corpus = folder_.file("alike.txt");
    testing::write_uci(corpus, testing::random_documents(2000, 50, 200, 3), 50);
    TrainOptions options;
    options.corpus = corpus;
    options.output = run(name);
    options.topics = 5;
    options.inference = "em";
    options.alpha = "1";
    options.eta = "1";
    options.passes = 5;
    options.batch_size = 250;
    options.threads = 2;
    return options;
  }

  TemporaryFolder folder_;
};

class StartBy : public Start, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Methods, StartBy,
                         ::testing::Values("vb", "em", "cvb0", "gibbs", "auto", "batch",
                                           "incremental"),
                         [](const auto& method) { return std::string(method.param); });

TEST_P(StartBy, ItsOwnTopicsGiveTheSameBytesOnAnyThreadsAndAfterAStop) {
  TrainOptions options = demo("random");
  options.inference = GetParam();
  options.init = "random";
  train(options);
  for (const std::string init : {"documents", "anchors"}) {
    options.output = run(init + "-one");
    options.init = init;
    options.threads = 1;
    train(options);
    options.threads = 3;
    options.output = run(init + "-three");
    train(options);
    EXPECT_EQ(model(init + "-one"), model(init + "-three"));
    options.output = run(init + "-stopped");
    ASSERT_EQ(train(options, stop_after(7)).end, TrainResult::End::kSignal);
    ResumeOptions again;
    again.run = options.output;
    resume(again);
    EXPECT_EQ(model(init + "-one"), model(init + "-stopped"));
    EXPECT_NE(model(init + "-one"), model("random"));
  }
}

// More topics than documents: they are drawn more than once.
TEST_F(Start, DocumentsMayBeFewerThanTopics) {
  TrainOptions options = alike("run");
  testing::write_uci(options.corpus, testing::random_documents(3, 50, 200, 3), 50);
  options.topics = 40;
  options.init = "documents";
  EXPECT_EQ(train(options).passes, 5u);
}

TEST_F(Start, ARunWhoseTopicsAreAlikeBeginsAnewOnce) {
  const TrainOptions options = alike("run");
  const TrainResult result = train(options);
  EXPECT_EQ(result.end, TrainResult::End::kFinished);
  EXPECT_EQ(result.passes, 5u);
  EXPECT_EQ(result.step, 5u * 8u) << "steps of the first start do not count";
  const auto restart = record("run").at("restart");
  EXPECT_EQ(restart.at("passes"), 2);
  EXPECT_LT(restart.at("topic_information"), 0.03 * std::log(5.0));
  EXPECT_EQ(restart.at("reason"), "all topics became alike");
  EXPECT_EQ(restart.at("seed"), mix64(options.seed));
}

TEST_F(Start, WhatBeginsAnewIsTheRunThatBeganSo) {
  TrainOptions options = alike("run");
  train(options);
  for (const int threads : {1, 3}) {
    options.threads = threads;
    options.output = run("threads" + std::to_string(threads));
    train(options);
    EXPECT_EQ(model("run"), read_file(options.output + "/model.npz"));
  }
  // Stopped before, at and after the step that it began anew at, and more than once.
  for (const std::vector<int>& stops :
       {std::vector<int>{3}, {15}, {16}, {17}, {24}, {36}, {9, 6, 9}}) {
    const std::string name = "stopped" + std::to_string(stops.front() + 100 * stops.size());
    options.output = run(name);
    options.checkpoint_every = "1";
    train(options, stop_after(stops.front()));
    ResumeOptions again;
    again.run = options.output;
    for (std::size_t i = 1; i < stops.size(); ++i) resume(again, stop_after(stops[i]));
    EXPECT_EQ(resume(again).end, TrainResult::End::kFinished);
    EXPECT_EQ(model("run"), model(name));
    EXPECT_TRUE(record(name).contains("restart"));
  }
}

// What was given stays, and the documents of a stream cannot be drawn.
TEST_F(Start, OnlyTheDefaultBeginsAnew) {
  TrainOptions options = alike("given");
  options.init = "random";
  train(options);
  EXPECT_FALSE(record("given").contains("restart"));
  options = alike("stream");
  options.corpus_size = 2000;
  train(options);
  EXPECT_FALSE(record("stream").contains("restart"));
}

// By any method, settings that leave topics as they should be are left alone.
TEST_P(StartBy, GoodTopicsAreLeftAlone) {
  TrainOptions options = demo("run");
  options.inference = GetParam();
  options.passes = 4;
  train(options);
  EXPECT_FALSE(record("run").contains("restart"));
}

// On a corpus of articles, with a prior under which random topics become alike (an eta of 0.5: they
// come near the unigram model), topics that begin as documents do not.
TEST_F(Start, ArticlesKeepTheirTopicsApart) {
  TrainOptions options;
  options.corpus = std::string(SVI_LDA_SHARED_DIR) + "/data/ap/train.docword.txt.gz";
  if (!std::filesystem::exists(options.corpus)) GTEST_SKIP() << options.corpus << " is not here";
  options.output = run("alike");
  options.topics = 100;
  options.inference = "vb";
  options.batch_size = 256;
  options.kappa = 0.7;
  options.tau0 = 64.0;
  options.inner_iterations = 3;
  options.passes = 12;
  options.threads = 2;
  options.alpha = "0.3";
  options.eta = "0.5";
  train(options);
  EXPECT_FALSE(record("alike").contains("restart"));
  const auto unigram_ratio = [&](const std::string& name) {
    EvaluateOptions evaluation;
    evaluation.run = run(name);
    evaluation.corpus = std::string(SVI_LDA_SHARED_DIR) + "/data/ap/test.docword.txt.gz";
    const EvaluateResult figures = evaluate(evaluation);
    return figures.figure("completion").perplexity / figures.figure("unigram").perplexity;
  };
  EXPECT_LT(unigram_ratio("alike"), 0.9);
  options.output = run("random");
  options.init = "random";
  train(options);
  EXPECT_GT(unigram_ratio("random"), unigram_ratio("alike") + 0.05);
}

}  // namespace
}  // namespace svi_lda

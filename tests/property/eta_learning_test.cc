// Whole runs with --eta learned or from a file: threads, interruption, the bound, the files'
// readers.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "base/file.h"
#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using testing::bounds_in;
using testing::model_bytes;
using testing::stop_after;

constexpr std::int64_t kTopics = 8;
constexpr std::uint32_t kVocab = 120;

class EtaRun : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_uci(corpus(), testing::random_documents(240, kVocab, 60, 17), kVocab);
  }
  std::string corpus() const { return folder_.path() + "/corpus.txt"; }
  TrainOptions options(const std::string& name, const std::string& inference,
                       const std::string& eta) const {
    TrainOptions options;
    options.corpus = corpus();
    options.output = folder_.path() + "/" + name;
    options.topics = kTopics;
    options.inference = inference;
    options.alpha = "0.1";
    options.eta = eta;
    options.passes = 4;
    options.batch_size =
        4;  // 60 steps a pass: eta is learned at steps 200 and, with more passes, 300
    options.threads = 2;
    return options;
  }
  TemporaryFolder folder_;
};

ModelFileSummary learned(const TrainOptions& options) {
  return summarize_model_file(options.output + "/model.npz");
}

class EtaLearned : public EtaRun, public ::testing::WithParamInterface<testing::MethodAndWay> {
 protected:
  TrainOptions one(const std::string& name) const {
    TrainOptions run = options(name, std::get<0>(GetParam()), std::get<1>(GetParam()));
    if (run.inference == "batch" || run.inference == "incremental") run.batch_size = 60;
    return run;
  }
};
INSTANTIATE_TEST_SUITE_P(Methods, EtaLearned,
                         ::testing::Combine(::testing::Values("vb", "em", "cvb0", "gibbs", "auto",
                                                              "batch", "incremental"),
                                            ::testing::Values("symmetric", "asymmetric")),
                         testing::NameOfBoth());

TEST_P(EtaLearned, ThreadsDoNotChangeAByteOfTheModel) {
  TrainOptions run = one("one");
  run.threads = 1;
  train(run);
  const std::string bytes = model_bytes(run);
  const ModelFileSummary summary = learned(run);
  EXPECT_NE(summary.eta, 0.125) << "nothing was learned";
  EXPECT_EQ(summary.eta_words.size(), run.eta == "symmetric" ? 0u : kVocab);
  for (const int threads : {2, 3, 7}) {
    run.threads = threads;
    run.output = folder_.file("t" + std::to_string(threads));
    train(run);
    EXPECT_EQ(model_bytes(run), bytes) << threads << " threads";
  }
}

TEST_P(EtaLearned, StoppedAtAnyStepAndResumedGivesTheSameBytes) {
  TrainOptions run = one("whole");
  train(run);
  const std::string whole = model_bytes(run);
  const bool ascent = run.batch_size == 60;
  for (const int stop :
       ascent ? std::vector<int>{1, 4, 6, 8, 13} : std::vector<int>{3, 199, 200, 231}) {
    run.output = folder_.file("stopped" + std::to_string(stop));
    ASSERT_EQ(train(run, stop_after(stop)).end, TrainResult::End::kSignal);
    ResumeOptions again;
    again.run = run.output;
    again.threads = 1 + stop % 3;
    resume(again);
    EXPECT_EQ(model_bytes(run), whole) << "stopped at " << stop;
  }
}

TEST_P(EtaLearned, ModelsAndCheckpointsAreRead) {
  TrainOptions run = one("run");
  train(run);
  EvaluateOptions evaluation;
  evaluation.corpus = corpus();
  evaluation.run = run.output + "/model.npz";
  const double of_model = evaluate(evaluation).figure("completion").perplexity;
  evaluation.run = list_checkpoints(run.output + "/checkpoints").front();
  EXPECT_NEAR(evaluate(evaluation).figure("completion").perplexity, of_model, 1e-4 * of_model);
}

class EtaAscends : public EtaRun, public ::testing::WithParamInterface<testing::MethodAndWay> {};
INSTANTIATE_TEST_SUITE_P(Methods, EtaAscends,
                         ::testing::Combine(::testing::Values("batch", "incremental"),
                                            ::testing::Values("symmetric", "asymmetric")),
                         testing::NameOfBoth());

TEST_P(EtaAscends, TheCorpusBoundNeverFallsAndEndsAboveThatOfFixedEta) {
  TrainOptions run = options("learned", std::get<0>(GetParam()), std::get<1>(GetParam()));
  run.batch_size = 60;
  run.passes = 40;
  run.bound_tolerance = 0.0;
  for (const std::string alpha : {"0.1", "asymmetric"}) {
    run.alpha = alpha;
    run.force = true;
    train(run);
    const std::vector<double> bounds = bounds_in(run.output);
    ASSERT_EQ(bounds.size(), 40u);
    for (std::size_t i = 1; i < bounds.size(); ++i) {
      EXPECT_GE(bounds[i], bounds[i - 1] - 1e-6 * std::abs(bounds[i - 1])) << "pass " << i + 1;
    }
    TrainOptions fixed = run;
    fixed.output = folder_.file("fixed");
    fixed.eta = "0.125";
    train(fixed);
    EXPECT_GT(bounds.back(), bounds_in(fixed.output).back());
  }
}

TEST_F(EtaRun, AFileOfOneValueIsThatValueToRounding) {
  TrainOptions by_value = options("value", "vb", "0.25");
  train(by_value);
  const std::string path = folder_.file("eta.txt");
  std::ofstream file(path);
  for (std::uint32_t w = 0; w < kVocab; ++w) file << "0.25\n";
  file.close();
  TrainOptions by_file = options("file", "vb", path);
  train(by_file);
  const Model a = read_model(by_value.output + "/model.npz");
  const Model b = read_model(by_file.output + "/model.npz");
  EXPECT_EQ(b.hyper.eta_words, std::vector<double>(kVocab, 0.25));
  EXPECT_EQ(b.meta.options_json.find(folder_.path()), std::string::npos) << "no paths in a model";
  std::vector<float> of_a(kTopics);
  std::vector<float> of_b(kTopics);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    a.topics.lambda_row(w, of_a.data());
    b.topics.lambda_row(w, of_b.data());
    for (std::size_t k = 0; k < kTopics; ++k) EXPECT_NEAR(of_b[k], of_a[k], 1e-3 * of_a[k]);
  }
}

// What lambda of a word that no document of a minibatch has comes to: its own eta.
TEST_F(EtaRun, EachWordComesToItsOwnEta) {
  const std::string path = folder_.file("eta.txt");
  std::ofstream file(path);
  for (std::uint32_t w = 0; w < kVocab + 2; ++w) file << 0.01 * (w + 1) << '\n';
  file.close();
  testing::write_uci(corpus(), testing::random_documents(240, kVocab, 60, 17), kVocab + 2);
  TrainOptions run = options("run", "gibbs", path);
  train(run, stop_after(150));
  ResumeOptions again;
  again.run = run.output;
  resume(again);
  const Model model = read_model(run.output + "/model.npz");
  std::vector<float> lambda(kTopics);
  for (const std::uint32_t w : {kVocab, kVocab + 1}) {
    model.topics.lambda_row(w, lambda.data());
    for (const float of_topic : lambda) EXPECT_NEAR(of_topic, 0.01 * (w + 1), 1e-4);
  }
}

TEST_F(EtaRun, AFileThatDoesNotFitLeavesNothingBehind) {
  const std::string path = folder_.file("eta.txt");
  std::ofstream(path) << "0.1\n0.2\n";
  const TrainOptions run = options("run", "vb", path);
  EXPECT_THROW(train(run), Error);
  EXPECT_FALSE(std::filesystem::exists(run.output));
}

TEST_F(EtaRun, ARunOfBeforeEtaWasTextGoesOn) {
  TrainOptions whole = options("whole", "vb", "0.25");
  train(whole);
  TrainOptions stopped = options("stopped", "vb", "0.25");
  train(stopped, stop_after(9));
  auto record = nlohmann::ordered_json::parse(read_file(stopped.output + "/run.json"));
  record.at("options").at("eta") = 0.25;
  write_file_atomically(stopped.output + "/run.json", record.dump(2));
  ResumeOptions again;
  again.run = stopped.output;
  resume(again);
  EXPECT_EQ(model_bytes(stopped), model_bytes(whole));
}

}  // namespace
}  // namespace svi_lda

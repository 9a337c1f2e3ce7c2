// Whole runs with --alpha learned or from a file: threads, interruption, the bound, planted values.
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
#include "global/alpha_step.h"
#include "global/fit_dirichlet.h"
#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/maximize.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using testing::bounds_in;
using testing::model_bytes;
using testing::stop_after;

constexpr std::int64_t kTopics = 8;

class WithCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_uci(corpus(), testing::random_documents(240, 120, 60, 17), 120);
  }
  std::string corpus() const { return folder_.path() + "/corpus.txt"; }
  TrainOptions options(const std::string& name, const std::string& inference,
                       const std::string& alpha) const {
    TrainOptions options;
    options.corpus = corpus();
    options.output = folder_.path() + "/" + name;
    options.topics = kTopics;
    options.inference = inference;
    options.alpha = alpha;
    options.passes = 4;
    options.batch_size = inference == "auto" ? 4 : 32;  // two passes by cvb0, two by gibbs
    options.threads = 2;
    return options;
  }
  TemporaryFolder folder_;
};

std::vector<double> learned(const TrainOptions& options) {
  return summarize_model_file(options.output + "/model.npz").alpha;
}

class AlphaLearned : public WithCorpus,
                     public ::testing::WithParamInterface<testing::MethodAndWay> {
 protected:
  TrainOptions one(const std::string& name) const {
    return options(name, std::get<0>(GetParam()), std::get<1>(GetParam()));
  }
};
INSTANTIATE_TEST_SUITE_P(Methods, AlphaLearned,
                         ::testing::Combine(::testing::Values("vb", "em", "cvb0", "gibbs", "auto",
                                                              "batch", "incremental"),
                                            ::testing::Values("symmetric", "asymmetric", "shares")),
                         testing::NameOfBoth());

TEST_P(AlphaLearned, ThreadsDoNotChangeAByteOfTheModel) {
  TrainOptions run = one("one");
  run.threads = 1;
  train(run);
  const std::string bytes = model_bytes(run);
  const std::vector<double> alpha = learned(run);
  EXPECT_NE(alpha, std::vector<double>(kTopics, 0.1)) << "nothing was learned";
  EXPECT_EQ(alpha == std::vector<double>(kTopics, alpha.front()), run.alpha == "symmetric");
  for (const int threads : {2, 7}) {
    run.threads = threads;
    run.output = folder_.file("t" + std::to_string(threads));
    train(run);
    EXPECT_EQ(model_bytes(run), bytes) << threads << " threads";
  }
}

TEST_P(AlphaLearned, StoppedAtAnyStepAndResumedGivesTheSameBytes) {
  TrainOptions run = one("whole");
  train(run);
  const std::string whole = model_bytes(run);
  // In the first pass, at its end, in later ones.
  for (const int of_eight_a_pass : {1, 3, 8, 13, 16, 30}) {
    const int stop = (run.inference == "auto" ? 7 : 1) * of_eight_a_pass;
    run.output = folder_.file("stopped" + std::to_string(stop));
    ASSERT_EQ(train(run, stop_after(stop)).end, TrainResult::End::kSignal);
    ResumeOptions again;
    again.run = run.output;
    again.threads = 1 + stop % 3;
    resume(again);
    EXPECT_EQ(model_bytes(run), whole) << "stopped at " << stop;
  }
}

TEST_P(AlphaLearned, RaisedPassesGiveTheRunThatHadThemFromTheStart) {
  TrainOptions run = one("four");
  train(run);
  const std::string whole = model_bytes(run);
  run.output = folder_.file("one");
  run.passes = 1;
  train(run);
  EXPECT_EQ(learned(run), std::vector<double>(kTopics, 0.1)) << "not in the first pass";
  ResumeOptions more;
  more.run = run.output;
  more.passes = 4;
  resume(more);
  EXPECT_EQ(model_bytes(run), whole);
}

class AlphaAscends : public WithCorpus,
                     public ::testing::WithParamInterface<testing::MethodAndWay> {};
INSTANTIATE_TEST_SUITE_P(Methods, AlphaAscends,
                         ::testing::Combine(::testing::Values("batch", "incremental"),
                                            ::testing::Values("symmetric", "asymmetric")),
                         testing::NameOfBoth());

TEST_P(AlphaAscends, TheCorpusBoundNeverFallsAndEndsAboveThatOfFixedAlpha) {
  TrainOptions run = options("learned", std::get<0>(GetParam()), std::get<1>(GetParam()));
  run.passes = 40;
  run.bound_tolerance = 0.0;
  for (const std::int64_t inner : {1, 20}) {
    run.inner_iterations = inner;
    run.force = true;
    train(run);
    const std::vector<double> bounds = bounds_in(run.output);
    ASSERT_EQ(bounds.size(), 40u);
    for (std::size_t i = 1; i < bounds.size(); ++i) {
      EXPECT_GE(bounds[i], bounds[i - 1] - 1e-6 * std::abs(bounds[i - 1])) << "pass " << i + 1;
    }
    TrainOptions fixed = run;
    fixed.output = folder_.file("fixed");
    fixed.alpha = "auto";
    train(fixed);
    EXPECT_GT(bounds.back(), bounds_in(fixed.output).back());
  }
}

// Where the passes have settled, alpha fits the gamma that they end with.
TEST_P(AlphaAscends, AlphaEndsWhereItFitsTheDocuments) {
  TrainOptions run = options("run", std::get<0>(GetParam()), std::get<1>(GetParam()));
  run.passes = 400;
  run.bound_tolerance = 0.0;
  train(run);
  const TrainingState state =
      read_checkpoint(list_checkpoints(run.output + "/checkpoints").front()).state;
  const std::vector<double> fit =
      fit_dirichlet(mean_log_theta(state.memory.gamma, kTopics, kTopics, Parallel(1)),
                    run.alpha == "symmetric", std::vector<double>(kTopics, 0.1));
  for (std::size_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(state.hyper.alpha[k], fit[k], 0.01 * fit[k]) << "topic " << k;
  }
}

TEST_F(WithCorpus, AFileGivesTheSameBytesAsItsNumbersAndIsNotNeededAgain) {
  TrainOptions by_numbers = options("numbers", "gibbs", "0.1,0.2,0.3,0.4,0.1,0.2,0.3,1e-2");
  train(by_numbers);
  EXPECT_EQ(learned(by_numbers), (std::vector<double>{0.1, 0.2, 0.3, 0.4, 0.1, 0.2, 0.3, 0.01}));
  const std::string path = folder_.file("alpha.txt");
  for (const int stop : {0, 9}) {
    std::ofstream(path) << "0.1\n0.2\n0.3\n0.4\n0.1\n0.2\n0.3\n0.01\n";
    TrainOptions by_file = options("file" + std::to_string(stop), "gibbs", path);
    train(by_file, stop > 0 ? stop_after(stop) : TrainCallbacks());
    std::filesystem::remove(path);
    if (stop > 0) {
      ResumeOptions again;
      again.run = by_file.output;
      resume(again);
      // Once more from the start.
      std::filesystem::remove(by_file.output + "/model.npz");
      std::filesystem::remove_all(by_file.output + "/checkpoints");
      resume(again);
    }
    EXPECT_EQ(model_bytes(by_file), model_bytes(by_numbers));
  }
}

TEST_F(WithCorpus, ARunOfBeforeAlphaWasTextGoesOn) {
  TrainOptions whole = options("whole", "vb", "0.25");
  train(whole);
  TrainOptions stopped = options("stopped", "vb", "0.25");
  train(stopped, stop_after(9));
  auto record = nlohmann::ordered_json::parse(read_file(stopped.output + "/run.json"));
  record.at("options").at("alpha") = 0.25;
  write_file_atomically(stopped.output + "/run.json", record.dump(2));
  ResumeOptions again;
  again.run = stopped.output;
  resume(again);
  EXPECT_EQ(model_bytes(stopped), model_bytes(whole));
}

// Documents of four planted topics with disjoint words, which the stochastic methods tell apart, so
// that N_dk is plain to see: they learn the alpha that theta_d was drawn with.
TEST(PlantedAlpha, IsLearned) {
  const std::vector<double> planted = {0.1, 0.12, 0.15, 0.18};
  constexpr std::uint32_t kWordsEach = 15;
  RandomStream random = testing::test_stream(91);
  std::vector<Document> documents;
  for (int d = 0; d < 3000; ++d) {
    const std::vector<double> logs = testing::draw_log_dirichlet(planted, random);
    std::map<std::uint32_t, std::uint32_t> counts;
    for (int i = 0; i < 60; ++i) {
      double left = random.uniform();
      std::uint32_t k = 0;
      while (k < 3 && (left -= std::exp(logs[k])) > 0.0) ++k;
      ++counts[k * kWordsEach + static_cast<std::uint32_t>(random.below(kWordsEach))];
    }
    documents.push_back(testing::make_document(counts));
  }
  const TemporaryFolder folder;
  testing::write_uci(folder.file("corpus.txt"), documents, 4 * kWordsEach);
  for (const char* inference : {"vb", "em", "cvb0", "gibbs"}) {
    TrainOptions run;
    run.corpus = folder.file("corpus.txt");
    run.output = folder.file(inference);
    run.topics = 4;
    run.inference = inference;
    run.alpha = "asymmetric";
    run.init = "random";  // a topic that begins as one document may begin as two themes
    run.passes = 40;
    run.threads = 2;
    train(run);
    std::vector<double> alpha = learned(run);
    std::sort(alpha.begin(), alpha.end());
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR(alpha[k], planted[k], 0.15 * planted[k]) << inference << ", topic " << k;
    }
  }
}

}  // namespace
}  // namespace svi_lda

// Whole runs through the public interface: planted topics, threads, interruption at any step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/error.h"
#include "svi_lda/topics.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using testing::model_bytes;
using testing::stop_after;

TrainOptions small_run(const std::string& corpus, const std::string& output) {
  TrainOptions options;
  options.corpus = corpus;
  options.output = output;
  options.topics = 12;
  options.init = "random";  // starts by documents: start_test.cc
  options.passes = 3;
  options.batch_size = 32;
  options.tau0 = 4;
  options.threads = 2;
  return options;
}

class Training : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_uci(corpus(), testing::random_documents(300, 150, 60, 17), 150);
  }
  std::string corpus() const { return folder_.path() + "/corpus.txt"; }
  std::string run(const std::string& name) const { return folder_.path() + "/" + name; }

 private:
  TemporaryFolder folder_;
};

// Stops after `steps` calls, as a signal between two minibatches would.
// With each method; auto goes from one to another after two of three passes of 50 steps.
class TrainingBy : public Training, public ::testing::WithParamInterface<const char*> {
 protected:
  bool changes_method() const { return std::string(GetParam()) == "auto"; }
  TrainOptions by_method(const std::string& name) const {
    TrainOptions options = small_run(corpus(), run(name));
    options.inference = GetParam();
    if (changes_method()) options.batch_size = 6;
    return options;
  }
};
INSTANTIATE_TEST_SUITE_P(Methods, TrainingBy,
                         ::testing::Values("vb", "em", "cvb0", "gibbs", "auto", "batch",
                                           "incremental"),
                         [](const auto& method) { return std::string(method.param); });

// Methods that refuse --corpus-size.
bool remembers_documents(const std::string& inference) {
  return inference == "batch" || inference == "incremental";
}

TEST_P(TrainingBy, ThreadsDoNotChangeAByteOfTheModel) {
  TrainOptions options = by_method("one");
  options.threads = 1;
  train(options);
  const std::string one = model_bytes(run("one"));
  for (const int threads : {2, 3, 7}) {
    options.threads = threads;
    options.output = run("t" + std::to_string(threads));
    train(options);
    EXPECT_EQ(model_bytes(options.output), one) << threads << " threads";
  }
}

TEST_P(TrainingBy, StoppedAtAnyStepAndResumedGivesTheSameBytes) {
  for (const char* order : {"shuffled", "file"}) {
    for (const std::uint64_t corpus_size : {0, 300}) {
      if (corpus_size > 0 && remembers_documents(GetParam())) continue;
      const std::string name = std::string(order) + std::to_string(corpus_size);
      TrainOptions options = by_method("whole" + name);
      options.order = order;
      options.corpus_size = corpus_size;
      train(options);
      const std::string whole = model_bytes(options.output);
      for (const int of_ten_a_pass : {1, 2, 10, 11, 29}) {
        const int stop = (changes_method() ? 5 : 1) * of_ten_a_pass;
        options.output = run("stopped" + name + std::to_string(stop));
        const TrainResult first = train(options, stop_after(stop));
        ASSERT_EQ(first.end, TrainResult::End::kSignal);
        ASSERT_EQ(first.step, static_cast<std::uint64_t>(stop));
        ASSERT_FALSE(std::filesystem::exists(options.output + "/model.npz"));
        ResumeOptions again;
        again.run = options.output;
        again.threads = 1 + stop % 3;
        const TrainResult second = resume(again);
        EXPECT_EQ(second.end, TrainResult::End::kFinished);
        EXPECT_EQ(model_bytes(options.output), whole) << name << ", stopped at " << stop;
      }
    }
  }
}

TEST_F(Training, CheckpointsChangeNothing) {
  TrainOptions options = small_run(corpus(), run("never"));
  options.checkpoint_every = std::string("0");
  train(options);
  options.output = run("always");
  options.checkpoint_every = std::string("1");
  options.report_every = std::string("1");
  train(options);
  EXPECT_EQ(model_bytes(run("never")), model_bytes(run("always")));
}

TEST_F(Training, TimeThatIsNotUsedUpChangesNothing) {
  TrainOptions options = small_run(corpus(), run("free"));
  options.passes = 0;
  options.least_gain = 0.3;  // few passes
  train(options);
  options.output = run("limited");
  options.time_limit = "100000s";
  train(options);
  EXPECT_EQ(model_bytes(run("free")), model_bytes(run("limited")));
}

TEST_F(Training, RaisedPassesGiveTheRunThatHadThemFromTheStart) {
  TrainOptions options = small_run(corpus(), run("five"));
  options.passes = 5;
  train(options);
  options.output = run("two");
  options.passes = 2;
  train(options);
  ResumeOptions more;
  more.run = run("two");
  more.passes = 5;
  resume(more);
  EXPECT_EQ(model_bytes(run("two")), model_bytes(run("five")));
  more.passes = 3;
  EXPECT_THROW(resume(more), Error) << "passes cannot be undone";
}

TEST_F(Training, HeldOutFractionTakesDocumentsAwayByContent) {
  TrainOptions options = small_run(corpus(), run("held"));
  options.held_out_fraction = 0.2;
  const TrainResult result = train(options);
  ASSERT_TRUE(result.held_out_perplexity);
  EXPECT_GT(*result.held_out_perplexity, 1.0);
  EXPECT_LT(*result.held_out_perplexity, 150.0);
  const ModelFileSummary summary = summarize_model_file(result.model);
  EXPECT_LT(summary.meta.docs, 300u);
  EXPECT_GT(summary.meta.docs, 200u);
}

TEST_F(Training, DamagedCheckpointIsPassedOverForTheOneBefore) {
  TrainOptions options = small_run(corpus(), run("whole"));
  train(options);
  options.output = run("stopped");
  options.checkpoint_every = std::string("5");
  options.keep_checkpoints = 3;
  train(options, stop_after(17));
  const auto checkpoints = list_checkpoints(run("stopped") + "/checkpoints");
  ASSERT_EQ(checkpoints.size(), 3u);
  std::filesystem::resize_file(checkpoints[0], 1000);
  ResumeOptions again;
  again.run = run("stopped");
  resume(again);
  EXPECT_EQ(model_bytes(run("stopped")), model_bytes(run("whole")));
}

TEST_F(Training, RunOfAnotherProcessorGoesOn) {
  TrainOptions options = small_run(corpus(), run("whole"));
  train(options);
  options.output = run("stopped");
  train(options, stop_after(7));
  std::string record = read_file(run("stopped") + "/run.json");
  std::size_t replaced = 0;
  for (std::size_t at = 0; (at = record.find("\"isa\": \"", at)) != std::string::npos; ++replaced) {
    at += 8;
    record.replace(at, record.find('"', at) - at, "of_another");
  }
  ASSERT_EQ(replaced, 2u) << "what was used, and the option";
  write_file_atomically(run("stopped") + "/run.json", record);
  ResumeOptions again;
  again.run = run("stopped");
  resume(again);
  EXPECT_EQ(model_bytes(run("stopped")), model_bytes(run("whole")));
}

TEST_F(Training, AnotherCorpusInTheSamePlaceIsRefused) {
  TrainOptions options = small_run(corpus(), run("stopped"));
  train(options, stop_after(3));
  std::filesystem::remove(run("stopped") + ".cache");
  testing::write_uci(corpus(), testing::random_documents(300, 150, 60, 18), 150);
  ResumeOptions again;
  again.run = run("stopped");
  EXPECT_THROW(resume(again), Error);
}

TEST_F(Training, MemoryLimitIsKeptBeforeAnythingIsAllocated) {
  TrainOptions options = small_run(corpus(), run("big"));
  options.topics = 1'000'000;
  options.memory_limit = "100M";
  try {
    train(options);
    FAIL() << "took 600 MB";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kMemory);
    EXPECT_NE(std::string(error.what()).find("--topics"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(run("big")));
  EXPECT_FALSE(std::filesystem::exists(run("big") + ".cache"));
}

// Ten topics over 200 words, each with 20 words of its own and a tail: documents of two topics.
TEST(PlantedTopics, AreRecovered) {
  constexpr std::uint32_t kPlanted = 10;
  constexpr std::uint32_t kWordsEach = 20;
  RandomStream random = testing::test_stream(77);
  std::vector<Document> documents;
  for (int d = 0; d < 2000; ++d) {
    const auto first = static_cast<std::uint32_t>(random.below(kPlanted));
    const auto second = static_cast<std::uint32_t>(random.below(kPlanted));
    std::map<std::uint32_t, std::uint32_t> counts;
    for (int i = 0; i < 60; ++i) {
      const std::uint32_t topic = random.uniform() < 0.7 ? first : second;
      ++counts[topic * kWordsEach + static_cast<std::uint32_t>(random.below(kWordsEach))];
    }
    documents.push_back(testing::make_document(counts));
  }
  const TemporaryFolder folder;
  const std::string corpus = folder.path() + "/planted.txt";
  testing::write_uci(corpus, documents, kPlanted * kWordsEach);
  TrainOptions options = small_run(corpus, folder.path() + "/run");
  options.topics = 15;  // a few to spare: variational topics may share one planted topic
  options.passes = 20;
  options.alpha = "0.1";
  options.eta = "0.05";
  train(options);
  std::set<std::uint32_t> recovered;
  for (const TopicSummary& topic : topics(options.output, kWordsEach).topics) {
    std::vector<int> words_of(kPlanted, 0);
    for (const TopWord& word : topic.words) ++words_of[std::stoul(word.word) / kWordsEach];
    const auto best = std::max_element(words_of.begin(), words_of.end());
    if (*best >= 18) recovered.insert(static_cast<std::uint32_t>(best - words_of.begin()));
  }
  EXPECT_EQ(recovered.size(), kPlanted);
}

}  // namespace
}  // namespace svi_lda

// Streams: standard input with --corpus-size and without --passes.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "output/metrics_reader.h"
#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/standard_input.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"
#include "svi_lda/info.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kDocs = 300;
constexpr std::uint32_t kVocab = 150;

class Stream : public ::testing::Test {
 protected:
  void SetUp() override {
    documents_ = testing::random_documents(kDocs, kVocab, 60, 17);
    testing::write_uci(corpus(), documents_, kVocab);
  }
  std::string corpus() const { return folder_.file("corpus.txt"); }
  std::string run(const std::string& name) const { return folder_.file(name); }
  std::string model(const std::string& name) const { return read_file(run(name) + "/model.npz"); }

  TrainOptions stream(const std::string& name) const {
    TrainOptions options;
    options.corpus = "-";
    options.corpus_size = kDocs;
    options.output = run(name);
    options.topics = 12;
    options.batch_size = 32;
    options.shuffle_buffer = "40";
    options.threads = 2;
    return options;
  }
  // With `path` as standard input.
  TrainResult train_on(const std::string& path, const TrainOptions& options, int stop = 0) const {
    const testing::StandardInput input(path);
    return train(options, stop_after(stop));
  }
  TrainResult resume_on(const std::string& path, const std::string& name, int stop = 0) const {
    const testing::StandardInput input(path);
    ResumeOptions again;
    again.run = run(name);
    again.corpus = "-";
    again.threads = 1 + stop % 3;
    return resume(again, stop_after(stop));
  }
  // What resuming says when it fails.
  std::string problem(const std::function<void()>& resuming) const {
    try {
      resuming();
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

  TemporaryFolder folder_;
  std::vector<Document> documents_;

 private:
  // A signal after `steps` steps of this sitting; 0 = none.
  static TrainCallbacks stop_after(int steps) {
    TrainCallbacks callbacks;
    if (steps == 0) return callbacks;
    const auto left = std::make_shared<int>(steps);
    callbacks.progress = [left](const TrainProgress&) { --*left; };
    callbacks.stop_signal = [left] { return *left <= 0 ? 15 : 0; };
    return callbacks;
  }
};

class StreamBy : public Stream, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Methods, StreamBy, ::testing::Values("vb", "em", "cvb0", "gibbs", "auto"),
                         [](const auto& method) { return std::string(method.param); });

TEST_P(StreamBy, StoppedAtAnyStepAndResumedGivesTheSameBytes) {
  for (const char* buffer : {"0", "40", "1000"}) {
    TrainOptions options = stream(std::string("whole") + buffer);
    options.inference = GetParam();
    options.shuffle_buffer = buffer;
    options.corpus_size = 150;  // auto: the second half by another method
    train_on(corpus(), options);
    const std::string whole = model(std::string("whole") + buffer);
    for (const int stop : {1, 4, 9}) {
      const std::string name = std::string("stopped") + buffer + std::to_string(stop);
      options.output = run(name);
      const TrainResult first = train_on(corpus(), options, stop);
      ASSERT_EQ(first.end, TrainResult::End::kSignal);
      ASSERT_EQ(first.step, static_cast<std::uint64_t>(stop));
      ASSERT_EQ(first.docs, 32u * static_cast<std::uint64_t>(stop));
      resume_on(corpus(), name, 2);
      if (stop < 8) {
        EXPECT_EQ(resume_on(corpus(), name).end, TrainResult::End::kFinished);
      }
      EXPECT_EQ(model(name), whole) << "a buffer of " << buffer << ", stopped at " << stop;
    }
  }
}

TEST_F(Stream, ThreadsDoNotChangeAByteOfTheModel) {
  TrainOptions options = stream("one");
  options.threads = 1;
  train_on(corpus(), options);
  for (const int threads : {2, 3, 7}) {
    options.threads = threads;
    options.output = run("threads" + std::to_string(threads));
    train_on(corpus(), options);
    EXPECT_EQ(model("threads" + std::to_string(threads)), model("one"));
  }
}

TEST_F(Stream, SeesEachDocumentOnceAndKeepsNone) {
  const std::size_t before = folder_.entries();
  const TrainResult result = train_on(corpus(), stream("run"));
  EXPECT_EQ(result.end, TrainResult::End::kFinished);
  EXPECT_FALSE(result.passes);
  EXPECT_EQ(result.docs, kDocs);
  EXPECT_EQ(folder_.entries(), before + 1) << "the run, no cache";
  std::vector<std::uint64_t> counts(kVocab, 0);
  std::uint64_t tokens = 0;
  for (const Document& document : documents_) {
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      counts[document.words[i]] += document.counts[i];
      tokens += document.counts[i];
    }
  }
  const Model read = read_model(result.model);
  EXPECT_EQ(read.word_counts, counts);
  EXPECT_EQ(read.meta.tokens, tokens);
  EXPECT_EQ(read.meta.docs_seen, kDocs);
  EXPECT_EQ(result.tokens, tokens);
}

// The words of what was trained on, not of what was read ahead.
TEST_F(Stream, ACheckpointCountsTheWordsOfItsDocuments) {
  TrainOptions options = stream("run");
  options.shuffle_buffer = "0";
  const TrainResult result = train_on(corpus(), options, 3);
  std::vector<std::uint64_t> counts(kVocab, 0);
  for (std::size_t d = 0; d < 3 * 32; ++d) {
    for (std::size_t i = 0; i < documents_[d].words.size(); ++i) {
      counts[documents_[d].words[i]] += documents_[d].counts[i];
    }
  }
  EXPECT_EQ(read_checkpoint(result.checkpoint).word_counts, counts);
}

// The same documents, read into a cache on the way.
TEST_F(Stream, IsTheFirstPassOfARunThatHasPasses) {
  for (const char* order : {"shuffled", "file"}) {
    TrainOptions options = stream(std::string("stream") + order);
    options.order = order;
    options.shuffle_buffer = "auto";
    train_on(corpus(), options);
    options.corpus = corpus();
    options.passes = 1;
    options.output = run(std::string("pass") + order);
    train(options);
    const Topics seen_once = read_model(run(std::string("stream") + order) + "/model.npz").topics;
    const Topics of_pass = read_model(options.output + "/model.npz").topics;
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      ASSERT_TRUE(std::equal(seen_once.row(w), seen_once.row(w) + 12, of_pass.row(w))) << order;
    }
  }
}

TEST_F(Stream, TheBufferIsWhatMakesTheOrder) {
  TrainOptions options = stream("shuffled");
  train_on(corpus(), options);
  options.output = run("as it comes");
  options.shuffle_buffer = "0";
  train_on(corpus(), options);
  EXPECT_NE(
      read_checkpoint(list_checkpoints(run("shuffled") + "/checkpoints").front()).meta.fingerprint,
      read_checkpoint(list_checkpoints(run("as it comes") + "/checkpoints").front())
          .meta.fingerprint);
}

TEST_F(Stream, AnotherStreamIsRefusedAndNothingIsLost) {
  train_on(corpus(), stream("whole"));
  train_on(corpus(), stream("run"), 4);
  const std::string other = folder_.file("other.txt");
  std::vector<Document> documents = documents_;
  std::swap(documents[20], documents[21]);
  testing::write_uci(other, documents, kVocab);
  EXPECT_NE(problem([&] { resume_on(other, "run"); }).find("is not the stream"), std::string::npos);
  documents = documents_;
  documents.resize(100);
  testing::write_uci(other, documents, kVocab);
  EXPECT_NE(problem([&] {
              resume_on(other, "run");
            }).find("ends after 100 documents, of the 128 that the run was trained on"),
            std::string::npos);
  EXPECT_NE(problem([&] {
              ResumeOptions without;
              without.run = run("run");
              resume(without);
            }).find("send the stream again from its beginning"),
            std::string::npos);
  resume_on(corpus(), "run");
  EXPECT_EQ(model("run"), model("whole"));
}

TEST_F(Stream, MayHaveMoreDocumentsThanWasSaid) {
  TrainOptions options = stream("run");
  options.corpus_size = 100;
  std::vector<std::uint64_t> totals;
  TrainCallbacks callbacks;
  callbacks.progress = [&](const TrainProgress& progress) {
    totals.push_back(progress.total_docs);
  };
  const testing::StandardInput input(corpus());
  EXPECT_EQ(train(options, callbacks).docs, kDocs);
  ASSERT_EQ(totals.size(), 10u);
  EXPECT_EQ(totals[2], 100u) << "96 documents";
  EXPECT_EQ(totals[3], 0u) << "how many there are is not known";
}

TEST_F(Stream, SpeaksOfDocumentsWhereOthersSpeakOfPasses) {
  TrainOptions options = stream("run");
  options.held_out = corpus();
  train_on(corpus(), options);
  for (const char* file : {"/metrics.jsonl", "/run.json"}) {
    const std::string text = read_file(run("run") + file);
    EXPECT_EQ(text.find("\"pass\""), std::string::npos) << file;
    EXPECT_EQ(text.find("\"passes\": 1"), std::string::npos) << file;
  }
  for (const std::string& path :
       {run("run") + "/model.npz", list_checkpoints(run("run") + "/checkpoints").front()}) {
    const std::string json = info(path).json;
    EXPECT_EQ(json.find("pass"), std::string::npos) << json;
    EXPECT_NE(json.find("documents_seen"), std::string::npos) << json;
  }
  // A record each minibatch, as that is more than a twentieth of what was said.
  const std::vector<MetricsRecord> records = read_metrics(run("run") + "/metrics.jsonl");
  ASSERT_EQ(records.size(), 10u);
  EXPECT_EQ(records.back().docs, kDocs);
  EXPECT_TRUE(records.back().held_out_perplexity);
}

TEST_F(Stream, RecordsAreWrittenByDocuments) {
  TrainOptions options = stream("run");
  options.report_every = "100docs";
  options.checkpoint_every = "100docs";
  options.keep_checkpoints = 10;
  train_on(corpus(), options);
  std::vector<std::uint64_t> docs;
  for (const MetricsRecord& record : read_metrics(run("run") + "/metrics.jsonl")) {
    docs.push_back(record.docs);
  }
  EXPECT_EQ(docs, (std::vector<std::uint64_t>{128, 224, 300}));
  EXPECT_EQ(list_checkpoints(run("run") + "/checkpoints").size(), 3u);
}

TEST_F(Stream, WhenItHasEndedNothingIsLeftToDo) {
  train_on(corpus(), stream("run"));
  const std::string before = model("run");
  ResumeOptions again;
  again.run = run("run");
  const TrainResult result = resume(again);
  EXPECT_EQ(result.end, TrainResult::End::kFinished);
  EXPECT_EQ(result.docs, kDocs);
  EXPECT_FALSE(result.passes);
  EXPECT_EQ(model("run"), before);
  again.passes = 3;
  EXPECT_NE(problem([&] { resume(again); }).find("each document once"), std::string::npos);
}

}  // namespace
}  // namespace svi_lda

#include "output/model_file.h"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "archive/npz.h"
#include "base/file.h"
#include "support/file_size_limit.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 11;

std::vector<float> lambda_of(const Topics& topics) {
  std::vector<float> lambda(std::size_t{topics.num_topics()} * topics.vocab_size());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, lambda.data() + std::size_t{w} * topics.num_topics());
  }
  return lambda;
}

void write_sample_model(const std::string& path, const Vocabulary& vocabulary) {
  const TrainingState state = sample_state(kTopics, kWords);
  write_model(path, state.topics, state.hyper, vocabulary, sample_word_counts(kWords),
              sample_meta());
}

void write_sample_checkpoint(const std::string& path, const Vocabulary& vocabulary) {
  write_checkpoint(path, sample_state(kTopics, kWords), vocabulary, sample_word_counts(kWords),
                   sample_meta());
}

TEST(ModelFile, EtaOfEachWordComesBackFromBothFiles) {
  const TemporaryFolder folder;
  TrainingState state = sample_state(kTopics, kWords);
  std::vector<double> offsets;
  for (std::uint32_t w = 0; w < kWords; ++w) {
    offsets.push_back(0.01 + 1e-3 * w);
    state.hyper.eta_words.push_back(std::sqrt(2.0 + w) / 10.0);
  }
  std::vector<double> row_sums(state.topics.row_sums().begin(), state.topics.row_sums().end());
  state.topics.restore(state.topics.scale(), 0.02, row_sums, offsets);
  write_checkpoint(folder.file("c.npz"), state, {}, sample_word_counts(kWords), sample_meta());
  const Checkpoint read = read_checkpoint(folder.file("c.npz"));
  EXPECT_EQ(read.state.hyper.eta_words, state.hyper.eta_words);
  EXPECT_TRUE(std::equal(offsets.begin(), offsets.end(), read.state.topics.eta_bar_words().begin(),
                         read.state.topics.eta_bar_words().end()));
  EXPECT_EQ(lambda_of(read.state.topics), lambda_of(state.topics));
  write_model(folder.file("m.npz"), state.topics, state.hyper, {}, sample_word_counts(kWords),
              sample_meta());
  const Model model = read_model(folder.file("m.npz"));
  EXPECT_EQ(model.hyper.eta_words, state.hyper.eta_words);
  EXPECT_EQ(lambda_of(model.topics), lambda_of(state.topics));
  const ModelFileSummary summary = summarize_model_file(folder.file("m.npz"));
  EXPECT_EQ(summary.format, kModelFormat);
  EXPECT_EQ(summary.eta_words, state.hyper.eta_words);
}

TEST(ModelFile, KeepsHowTextBecameWordsWhereItWasText) {
  const TemporaryFolder folder;
  const std::string path = folder.file("model.npz");
  const std::string checkpoint = folder.file("checkpoint.npz");
  const TrainingState state = sample_state(kTopics, kWords);
  ModelMeta meta = sample_meta();
  for (const std::string json : {"", "{\"format\": 1}\n"}) {
    meta.vectorizer_json = json;
    write_model(path, state.topics, state.hyper, {}, sample_word_counts(kWords), meta);
    write_checkpoint(checkpoint, state, {}, sample_word_counts(kWords), meta);
    for (const std::string& file : {path, checkpoint}) {
      EXPECT_EQ(NpzReader(file).has("vectorizer.json"), !json.empty());
      EXPECT_EQ(read_model(file).meta.vectorizer_json, json);
    }
  }
}

TEST(ModelFile, KeepsWhatAnUpdateWentOnFrom) {
  const TemporaryFolder folder;
  const std::string path = folder.file("model.npz");
  const std::string checkpoint = folder.file("checkpoint.npz");
  const TrainingState state = sample_state(kTopics, kWords);
  ModelMeta meta = sample_meta();
  write_model(path, state.topics, state.hyper, {}, sample_word_counts(kWords), meta);
  EXPECT_FALSE(read_model(path).meta.base.has_value());
  meta.base = ModelBase{meta.docs - 1, 9, 0xfedcba9876543210u, 3, "restart", 1.0 / 3.0};
  write_model(path, state.topics, state.hyper, {}, sample_word_counts(kWords), meta);
  write_checkpoint(checkpoint, state, {}, sample_word_counts(kWords), meta);
  for (const std::string& file : {path, checkpoint}) {
    const auto base = summarize_model_file(file).meta.base;
    ASSERT_TRUE(base.has_value());
    EXPECT_EQ(base->docs, meta.docs - 1);
    EXPECT_EQ(base->tokens, 9u);
    EXPECT_EQ(base->fingerprint, 0xfedcba9876543210u);
    EXPECT_EQ(base->step, 3u);
    EXPECT_EQ(base->step_size, "restart");
    EXPECT_EQ(base->share, 1.0 / 3.0);
  }
  for (const std::uint64_t docs : {std::uint64_t{0}, meta.docs}) {
    meta.base->docs = docs;
    write_model(path, state.topics, state.hyper, {}, sample_word_counts(kWords), meta);
    EXPECT_THROW(read_model(path), Error);
  }
  meta.base->docs = 1;
  meta.base->share = 1.5;
  write_model(path, state.topics, state.hyper, {}, sample_word_counts(kWords), meta);
  EXPECT_THROW(read_model(path), Error);
}

TEST(ModelFile, AModelComesBackWithEveryLambdaExact) {
  const TemporaryFolder folder;
  const std::string path = folder.file("model.npz");
  write_sample_model(path, sample_vocabulary(kWords));
  const TrainingState state = sample_state(kTopics, kWords);
  const Model model = read_model(path);
  EXPECT_EQ(model.topics.num_topics(), kTopics);
  EXPECT_EQ(model.topics.vocab_size(), kWords);
  EXPECT_EQ(model.topics.scale(), 1.0);
  EXPECT_EQ(model.topics.eta_bar(), 0.0);
  const std::vector<float> lambda = lambda_of(state.topics);
  EXPECT_EQ(lambda_of(model.topics), lambda);
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    double sum = 0.0;
    for (std::uint32_t w = 0; w < kWords; ++w) sum += lambda[std::size_t{w} * kTopics + k];
    EXPECT_NEAR(model.topics.row_sums()[k], sum, 1e-12 * sum);
  }
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::size_t k = kTopics; k < model.topics.stride(); ++k) {
      EXPECT_EQ(model.topics.row(w)[k], 0.0f);
    }
  }
  EXPECT_EQ(model.hyper.alpha, state.hyper.alpha);
  EXPECT_EQ(model.hyper.eta, state.hyper.eta);
  EXPECT_EQ(model.vocabulary.words(), sample_vocabulary(kWords).words());
  EXPECT_EQ(model.word_counts, sample_word_counts(kWords));
  EXPECT_EQ(model.meta.docs, 2000u);
  EXPECT_EQ(model.meta.tokens, 435000u);
  EXPECT_EQ(model.meta.fingerprint, 0x0123456789abcdefu);
  EXPECT_EQ(model.meta.step, 1234u);
  EXPECT_EQ(model.meta.passes, 3u);
  EXPECT_EQ(model.meta.options_json, R"({"alpha":0.1,"seed":1})");
  EXPECT_EQ(model.meta.version, "0.1.0");
}

TEST(ModelFile, EqualModelsAreEqualBytesHoweverTheyLieInMemory) {
  const TemporaryFolder folder;
  write_sample_model(folder.file("a.npz"), sample_vocabulary(kWords));
  const Model model = read_model(folder.file("a.npz"));
  write_model(folder.file("b.npz"), model.topics, model.hyper, model.vocabulary, model.word_counts,
              model.meta);
  EXPECT_EQ(read_file(folder.file("a.npz")), read_file(folder.file("b.npz")));
}

TEST(ModelFile, MetaOfAModelSaysWhatItIsAndNothingOfTheMachine) {
  const TemporaryFolder folder;
  write_sample_model(folder.file("model.npz"), {});
  const NpzReader npz(folder.file("model.npz"));
  EXPECT_EQ(npz.text("meta.json"), R"({
  "docs": 2000,
  "fingerprint": "0123456789abcdef",
  "format": 1,
  "kind": "model",
  "num_topics": 5,
  "options": {
    "alpha": 0.1,
    "seed": 1
  },
  "passes": 3,
  "step": 1234,
  "tokens": 435000,
  "version": "0.1.0",
  "vocab_size": 11,
  "vocabulary": false
}
)");
  EXPECT_FALSE(npz.has("vocabulary.npy"));
  EXPECT_TRUE(read_model(folder.file("model.npz")).vocabulary.empty());
}

TEST(ModelFile, ACheckpointComesBackBitForBit) {
  const TemporaryFolder folder;
  const std::string path = folder.file("step.npz");
  write_sample_checkpoint(path, sample_vocabulary(kWords));
  const TrainingState state = sample_state(kTopics, kWords);
  const Checkpoint read = read_checkpoint(path);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(read.state.topics.scale()),
            std::bit_cast<std::uint64_t>(state.topics.scale()));
  EXPECT_EQ(std::bit_cast<std::uint64_t>(read.state.topics.eta_bar()),
            std::bit_cast<std::uint64_t>(state.topics.eta_bar()));
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(read.state.topics.row_sums()[k]),
              std::bit_cast<std::uint64_t>(state.topics.row_sums()[k]));
  }
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::size_t k = 0; k < state.topics.stride(); ++k) {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(read.state.topics.row(w)[k]),
                std::bit_cast<std::uint32_t>(state.topics.row(w)[k]));
    }
  }
  EXPECT_EQ(read.state.hyper.alpha, state.hyper.alpha);
  EXPECT_EQ(read.state.hyper.eta, state.hyper.eta);
  EXPECT_EQ(read.state.step, state.step);
  EXPECT_EQ(read.state.position.pass, state.position.pass);
  EXPECT_EQ(read.state.position.docs, state.position.docs);
  EXPECT_EQ(read.state.docs, state.docs);
  EXPECT_EQ(read.state.tokens, state.tokens);
  EXPECT_EQ(read.state.seconds, state.seconds);
  EXPECT_EQ(read.vocabulary.words(), sample_vocabulary(kWords).words());
  EXPECT_EQ(read.word_counts, sample_word_counts(kWords));
  EXPECT_EQ(read.meta.fingerprint, sample_meta().fingerprint);
}

TEST(ModelFile, ACheckpointIsAModelToo) {
  const TemporaryFolder folder;
  write_sample_checkpoint(folder.file("step.npz"), sample_vocabulary(kWords));
  const TrainingState state = sample_state(kTopics, kWords);
  const Model model = read_model(folder.file("step.npz"));
  EXPECT_EQ(model.topics.scale(), state.topics.scale());
  EXPECT_EQ(lambda_of(model.topics), lambda_of(state.topics));
  EXPECT_EQ(model.meta.step, state.step);
}

TEST(ModelFile, AModelIsNoCheckpoint) {
  const TemporaryFolder folder;
  write_sample_model(folder.file("model.npz"), {});
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_checkpoint(folder.file("model.npz")); }),
              HasSubstr("a model, not a checkpoint"));
}

TEST(ModelFile, StepAndPassesOfACheckpointAreThoseOfTheState) {
  const TemporaryFolder folder;
  TrainingState state = sample_state(kTopics, kWords);
  state.step = 77;
  state.position = {6, 5};
  write_checkpoint(folder.file("step.npz"), state, {}, sample_word_counts(kWords), sample_meta());
  const Checkpoint read = read_checkpoint(folder.file("step.npz"));
  EXPECT_EQ(read.state.step, 77u);
  EXPECT_EQ(read.meta.step, 77u);
  EXPECT_EQ(read.meta.passes, 6u);
}

TEST(ModelFile, AStreamSpeaksOfItsDocuments) {
  const TemporaryFolder folder;
  TrainingState state = sample_state(kTopics, kWords);
  ModelMeta meta = sample_meta();
  meta.passes.reset();
  meta.docs_seen = 640;
  state.docs = 640;
  for (const StreamPosition position : {StreamPosition{0, 640}, StreamPosition{1, 0}}) {
    state.position = position;
    write_checkpoint(folder.file("step.npz"), state, {}, sample_word_counts(kWords), meta);
    const Checkpoint read = read_checkpoint(folder.file("step.npz"));
    EXPECT_FALSE(read.meta.passes);
    EXPECT_EQ(read.meta.docs_seen, 640u);
    EXPECT_EQ(read.state.docs, 640u);
    EXPECT_EQ(read.state.position.pass, position.pass);
    EXPECT_EQ(read.state.position.docs, position.docs);
  }
  write_model(folder.file("model.npz"), state.topics, state.hyper, {}, sample_word_counts(kWords),
              meta);
  const Model model = read_model(folder.file("model.npz"));
  EXPECT_FALSE(model.meta.passes);
  EXPECT_EQ(model.meta.docs_seen, 640u);
}

TEST(ModelFile, TheSummaryIsWhatTheFileHolds) {
  const TemporaryFolder folder;
  write_sample_checkpoint(folder.file("step.npz"), sample_vocabulary(kWords));
  write_sample_model(folder.file("model.npz"), {});
  const ModelFileSummary checkpoint = summarize_model_file(folder.file("step.npz"));
  EXPECT_TRUE(checkpoint.is_checkpoint);
  EXPECT_TRUE(checkpoint.has_vocabulary);
  EXPECT_EQ(checkpoint.num_topics, kTopics);
  EXPECT_EQ(checkpoint.vocab_size, kWords);
  EXPECT_EQ(checkpoint.format, kFormatOfOneEta);
  EXPECT_EQ(checkpoint.position.pass, 3u);
  EXPECT_EQ(checkpoint.position.docs, 17u);
  EXPECT_EQ(checkpoint.meta.step, 1234u);
  EXPECT_EQ(checkpoint.alpha, sample_state(kTopics, kWords).hyper.alpha);
  EXPECT_EQ(checkpoint.eta, 0.01);
  const ModelFileSummary model = summarize_model_file(folder.file("model.npz"));
  EXPECT_FALSE(model.is_checkpoint);
  EXPECT_FALSE(model.has_vocabulary);
  EXPECT_EQ(model.format, kFormatOfOneEta);
  EXPECT_EQ(model.meta.docs, 2000u);
}

TEST(ModelFile, NumbersThatAreNoneAreNotWritten) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto expect = [&](const std::function<void(TrainingState&)>& spoil,
                          const std::string& of_model, const std::string& of_checkpoint) {
    TrainingState state = sample_state(kTopics, kWords);
    spoil(state);
    const auto counts = sample_word_counts(kWords);
    if (!of_model.empty()) {
      EXPECT_THAT(
          problem_of(
              ErrorKind::kNumeric,
              [&] { write_model(path, state.topics, state.hyper, {}, counts, sample_meta()); }),
          HasSubstr(of_model));
    }
    EXPECT_THAT(problem_of(ErrorKind::kNumeric,
                           [&] { write_checkpoint(path, state, {}, counts, sample_meta()); }),
                HasSubstr(of_checkpoint));
    EXPECT_EQ(folder.entries(), 0u);
  };
  expect([&](TrainingState& state) { state.topics.row(7)[2] = nan; },
         "lambda of topic 2 and word 7 is nan", "M of topic 2 and word 7 is nan");
  expect([&](TrainingState& state) { state.hyper.alpha[1] = -1.0; }, "alpha is -1", "alpha is -1");
  expect([&](TrainingState& state) { state.hyper.eta = HUGE_VAL; }, "eta is inf", "eta is inf");
  expect([&](TrainingState& state) { state.seconds = nan; }, "", "seconds is nan");
  expect(
      [&](TrainingState& state) {
        state.topics.restore(nan, 0.01, {1, 1, 1, 1, 1});
      },
      "lambda of topic 0 and word 0 is nan", "s is nan");
  expect(
      [&](TrainingState& state) {
        state.topics.restore(1.0, nan, {1, 1, 1, 1, 1});
      },
      "lambda of topic 0 and word 0 is nan", "eta_bar is nan");
  expect(
      [&](TrainingState& state) {
        state.topics.restore(1.0, 0.1, {1, 1, nan, 1, 1});
      },
      "", "a row sum of lambda is nan");
}

TEST(ModelFile, ALambdaOfZeroIsNotWritten) {
  const TemporaryFolder folder;
  const Topics topics(kTopics, kWords, 0.0);
  EXPECT_THAT(problem_of(ErrorKind::kNumeric,
                         [&] {
                           write_model(folder.file("a.npz"), topics, {{1, 1, 1, 1, 1}, 0.1}, {},
                                       sample_word_counts(kWords), sample_meta());
                         }),
              HasSubstr("lambda of topic 0 and word 0 is 0"));
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(ModelFile, AFullDiskKeepsTheOldFile) {
  const TemporaryFolder folder;
  write_sample_model(folder.file("model.npz"), {});
  const std::string before = read_file(folder.file("model.npz"));
  {
    const FileSizeLimit limit(1000);
    problem_of(ErrorKind::kIo,
               [&] { write_sample_model(folder.file("model.npz"), sample_vocabulary(kWords)); });
  }
  EXPECT_EQ(read_file(folder.file("model.npz")), before);
  EXPECT_EQ(folder.entries(), 1u);
}

// A checkpoint whose members can be changed one by one.
struct Parts {
  nlohmann::json meta = nlohmann::json::parse(R"({
    "kind": "checkpoint", "format": 1, "version": "9.9", "num_topics": 2, "vocab_size": 3,
    "vocabulary": true, "docs": 1, "tokens": 2, "fingerprint": "00000000000000ff", "step": 4,
    "passes": 5, "options": {}, "position": {"pass": 5, "docs": 0}, "docs_seen": 6,
    "tokens_seen": 7, "seconds": 8.5})");
  std::vector<float> m = {0, 1, 2, 3, 4, 5};
  double s = 0.5;
  double eta_bar = 0.01;
  std::vector<double> row_sums = {1, 1};
  std::vector<double> alpha = {0.1, 0.1};
  double eta = 0.01;
  std::vector<std::string> vocabulary = {"a", "b", "c"};
  std::vector<std::uint64_t> word_counts = {1, 2, 3};

  void write(const std::string& path) const {
    NpzWriter npz(path);
    const auto fill = [&](std::uint64_t w, float* out) { std::copy_n(&m[2 * w], 2, out); };
    npz.add_columns(meta["kind"] == "model" ? "lambda" : "M", 2, 3, fill);
    npz.add_scalar("s", s);
    npz.add_scalar("eta_bar", eta_bar);
    npz.add("row_sums", row_sums);
    npz.add("alpha", alpha);
    npz.add_scalar("eta", eta);
    npz.add_strings("vocabulary", vocabulary);
    npz.add("word_counts", word_counts);
    npz.add_text("meta.json", meta.dump());
    npz.finish();
  }
};

TEST(ModelFile, WhatDoesNotFitTogetherIsNamed) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  Parts().write(path);
  EXPECT_EQ(read_checkpoint(path).state.seconds, 8.5);  // so that each failure is the change's
  const auto expect = [&](const std::function<void(Parts&)>& change, const std::string& problem) {
    Parts parts;
    change(parts);
    parts.write(path);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_model(path); }),
                AllOf(StartsWith(path + ": "), HasSubstr(problem)));
  };
  const double inf = HUGE_VAL;
  expect([](Parts& p) { p.meta["kind"] = "other"; }, "field 'kind' is 'other'");
  expect([](Parts& p) { p.meta["format"] = 3; },
         "checkpoint format 3, this program reads formats 1 to 2; use svi-lda 9.9");
  expect([](Parts& p) { p.meta["num_topics"] = 0; }, "field 'num_topics' is out of range");
  expect([](Parts& p) { p.meta["num_topics"] = 3; }, "alpha.npy: not one value a topic");
  expect([](Parts& p) { p.meta["vocab_size"] = std::uint64_t{1} << 32; },
         "field 'vocab_size' is out of range");
  expect([](Parts& p) { p.meta["vocab_size"] = 4294967295u; }, "M.npy: is not a 2 x 4294967295");
  expect([](Parts& p) { p.meta["position"].erase("docs"); }, "position: field 'docs' is missing");
  expect([](Parts& p) { p.meta["seconds"] = "1"; }, "field 'seconds' is not a finite number");
  expect([](Parts& p) { p.meta["step"] = -1; }, "field 'step' is not a whole number >= 0");
  expect([](Parts& p) { p.meta["fingerprint"] = "ff"; }, "field 'fingerprint' is not 16");
  expect([](Parts& p) { p.meta["options"] = 1; }, "field 'options' is not an object");
  expect([&](Parts& p) { p.m[5] = static_cast<float>(inf); }, "lambda of topic 1 and word 2");
  expect([](Parts& p) { p.m[3] = -0.03f; }, "lambda of topic 1 and word 1");
  expect([](Parts& p) { p.s = 0.0; }, "s.npy: not in (0, 1]");
  expect([](Parts& p) { p.s = 1.5; }, "s.npy: not in (0, 1]");
  expect([&](Parts& p) { p.eta_bar = inf; }, "eta_bar.npy: not finite");
  expect([](Parts& p) { p.eta_bar = 1e300; }, "lambda of topic 0 and word 0");
  expect([](Parts& p) { p.row_sums.push_back(1); }, "row_sums.npy: not one value a topic");
  expect([](Parts& p) { p.row_sums[0] = 0; }, "row_sums.npy: a value");
  expect([](Parts& p) { p.alpha.pop_back(); }, "alpha.npy: not one value a topic");
  expect([](Parts& p) { p.alpha[0] = 0; }, "alpha.npy: a value that is not finite and above 0");
  expect([&](Parts& p) { p.eta = inf; }, "eta.npy: a value that is not finite and above 0");
  expect([](Parts& p) { p.vocabulary.pop_back(); }, "vocabulary.npy: not vocab_size words");
  expect([](Parts& p) { p.word_counts.push_back(1); }, "word_counts.npy: not vocab_size counts");
  expect([](Parts& p) { p.meta["kind"] = "model"; }, "lambda.npy: lambda of topic 0 and word 0");
}

}  // namespace
}  // namespace svi_lda

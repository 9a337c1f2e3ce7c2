// Whole updates through the public interface: what they keep and what they learn, interruption at
// any step, words, and what they refuse.
#include "svi_lda/update.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/random.h"
#include "local/local_step.h"
#include "output/model_file.h"
#include "output/run_record.h"
#include "stats/reduce.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "support/whole_run.h"
#include "svi_lda/error.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::uint32_t kThemes = 8;
constexpr std::uint32_t kWordsOfTheme = 15;
constexpr std::uint32_t kVocab = kThemes * kWordsOfTheme;

// Documents of 40 tokens, nine in ten from one theme in [first, last).
std::vector<Document> themed_documents(std::size_t docs, std::uint32_t first, std::uint32_t last,
                                       std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  std::vector<Document> documents;
  for (std::size_t d = 0; d < docs; ++d) {
    std::map<std::uint32_t, std::uint32_t> counts;
    const auto theme = static_cast<std::uint32_t>(first + random.below(last - first));
    for (int n = 0; n < 40; ++n) {
      const auto own =
          static_cast<std::uint32_t>(theme * kWordsOfTheme + random.below(kWordsOfTheme));
      ++counts[random.uniform() < 0.9 ? own : static_cast<std::uint32_t>(random.below(kVocab))];
    }
    documents.push_back(testing::make_document(counts));
  }
  return documents;
}

class Update : public ::testing::Test {
 protected:
  // Themes 0 to 4 in the old documents, 3 to 7 in the new ones.
  void SetUp() override {
    testing::write_uci(file("old"), themed_documents(240, 0, 5, 1), kVocab);
    testing::write_uci(file("new"), themed_documents(160, 3, 8, 2), kVocab);
    testing::write_uci(file("old.test"), themed_documents(60, 0, 5, 3), kVocab);
    testing::write_uci(file("new.test"), themed_documents(60, 3, 8, 4), kVocab);
    std::ofstream vocabulary(file("vocab"));
    for (std::uint32_t w = 0; w < kVocab; ++w) vocabulary << "word" << w << "\n";
  }

  std::string file(const std::string& name) const { return folder_.file(name); }

  void train_old(const std::string& inference, const std::string& name = "run") const {
    TrainOptions options;
    options.corpus = file("old");
    options.vocabulary = file("vocab");
    options.output = file(name);
    options.inference = inference;
    options.topics = kThemes;
    options.passes = 8;
    options.batch_size = 32;
    options.threads = 2;
    train(options);
  }

  UpdateOptions of(const std::string& output) const {
    UpdateOptions options;
    options.run = file("run");
    options.corpus = file("new");
    options.output = file(output);
    options.threads = 2;
    return options;
  }

  double perplexity(const std::string& run, const std::string& documents) const {
    EvaluateOptions options;
    options.run = file(run);
    options.corpus = file(documents);
    options.threads = 2;
    return evaluate(options).figure("completion").perplexity;
  }

 private:
  TemporaryFolder folder_;
};

std::string refusal_of(const UpdateOptions& options) {
  try {
    update(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(Update, LearnsNewThemesAndKeepsOldOnes) {
  for (const char* inference : {"auto", "vb"}) {
    const std::string name = std::string("run") + inference;
    train_old(inference, name);
    UpdateOptions options = of(name + "2");
    options.run = file(name);
    options.passes = 4;
    const TrainResult result = update(options);
    ASSERT_TRUE(result.update.has_value());
    EXPECT_NEAR(result.update->old_share_of_docs(), 0.6, 1e-12);
    EXPECT_NEAR(result.update->old_share_of_lambda, 0.6, 1e-9);
    // The new themes 5 to 7 were unknown to the old model.
    EXPECT_LT(perplexity(name + "2", "new.test"), 0.8 * perplexity(name, "new.test")) << inference;
    EXPECT_LT(perplexity(name + "2", "old.test"), 1.2 * perplexity(name, "old.test")) << inference;
  }
}

// One minibatch of all new documents: rho = D_new / D, and with what lies above the prior scaled to
// D, lambda_old + sstats, the posterior that takes the old one for its prior (Broderick et al.
// 2013).
TEST_F(Update, OfOneMinibatchAddsItsStatisticsToLambda) {
  TrainOptions train_options;
  train_options.corpus = file("old");
  train_options.output = file("run");
  train_options.inference = "vb";
  train_options.topics = kThemes;
  train_options.alpha = "0.2";
  train_options.eta = "0.05";
  train_options.inner_iterations = 12;
  train_options.inner_tolerance = 0.0;
  train_options.passes = 3;
  train_options.batch_size = 160;
  train(train_options);
  update(of("updated"));
  const Model old = read_model(file("run") + "/model.npz");
  const Model updated = read_model(file("updated") + "/model.npz");

  const double to_all = 400.0 / 240.0;
  Topics scaled(kThemes, kVocab, 0.05);
  std::vector<float> before(kThemes);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    old.topics.lambda_row(w, before.data());
    for (std::uint32_t k = 0; k < kThemes; ++k) {
      scaled.row(w)[k] = static_cast<float>(to_all * (static_cast<double>(before[k]) - 0.05));
    }
  }
  scaled.set_row_sums(scaled.sum_rows(Parallel(1)));
  const Minibatch batch = testing::make_minibatch(themed_documents(160, 3, 8, 2), kVocab);
  Responsibilities responsibilities;
  SufficientStats stats;
  local_step(batch, scaled, old.hyper, {LocalMethod::kVb, 12, 0.0}, Parallel(1), responsibilities);
  reduce(batch, kThemes, responsibilities, Parallel(1), stats);
  std::vector<double> expected(std::size_t{kVocab} * kThemes);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    old.topics.lambda_row(w, before.data());
    for (std::uint32_t k = 0; k < kThemes; ++k) {
      expected[w * kThemes + k] = static_cast<double>(before[k]);
    }
  }
  for (std::size_t i = 0; i < batch.num_words(); ++i) {
    for (std::uint32_t k = 0; k < kThemes; ++k) {
      expected[batch.words[i] * kThemes + k] +=
          static_cast<double>(stats.rows[i * stats.stride + k]);
    }
  }
  std::vector<float> after(kThemes);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    updated.topics.lambda_row(w, after.data());
    for (std::uint32_t k = 0; k < kThemes; ++k) {
      EXPECT_NEAR(after[k], expected[w * kThemes + k], 1e-4 * (1.0 + expected[w * kThemes + k]))
          << w << ", " << k;
    }
  }
  // 160 * 40 tokens more.
  double tokens = 0.0;
  for (std::uint32_t k = 0; k < kThemes; ++k) {
    tokens += updated.topics.row_sums()[k] - old.topics.row_sums()[k];
  }
  EXPECT_NEAR(tokens, 6400.0, 0.5);
}

TEST_F(Update, AddsUpWhatTheModelSaysOfItsDocuments) {
  train_old("auto");
  update(of("second"));
  UpdateOptions again = of("third");
  again.run = file("second");
  again.corpus = file("old.test");
  again.step_size = "continue";
  update(again);
  const Model first = read_model(file("run") + "/model.npz");
  const Model second = read_model(file("second") + "/model.npz");
  const Model third = read_model(file("third") + "/model.npz");
  EXPECT_EQ(second.meta.docs, 400u);
  EXPECT_EQ(second.meta.tokens, 16000u);
  EXPECT_EQ(second.meta.step, first.meta.step + 5);
  EXPECT_EQ(third.meta.docs, 460u);
  EXPECT_EQ(third.meta.step, second.meta.step + 2);
  EXPECT_EQ(std::accumulate(third.word_counts.begin(), third.word_counts.end(), std::uint64_t{0}),
            third.meta.tokens);
  EXPECT_EQ(third.hyper.alpha, first.hyper.alpha);
  EXPECT_EQ(third.vocabulary.words(), first.vocabulary.words());
  ASSERT_TRUE(third.meta.base.has_value());
  EXPECT_EQ(third.meta.base->fingerprint, second.meta.fingerprint);
  EXPECT_EQ(third.meta.base->docs, 400u);
  EXPECT_EQ(third.meta.base->step_size, "continue");
  EXPECT_LT(third.meta.base->share, 1.0);
  EXPECT_GT(third.meta.base->share, 0.0);
}

struct Case {
  const char* name;
  const char* inference;
  const char* step_size;
};

class UpdateBy : public Update, public ::testing::WithParamInterface<Case> {};
INSTANTIATE_TEST_SUITE_P(Ways, UpdateBy,
                         ::testing::Values(Case{"auto_even", "auto", "even"},
                                           Case{"gibbs_restart", "gibbs", "restart"},
                                           Case{"cvb0_continue", "cvb0", "continue"},
                                           Case{"vb_even", "vb", "even"},
                                           Case{"em_continue", "em", "continue"}),
                         [](const auto& way) { return std::string(way.param.name); });

TEST_P(UpdateBy, ThreadsAndStopsDoNotChangeAByte) {
  train_old(GetParam().inference);
  UpdateOptions options = of("whole");
  options.step_size = GetParam().step_size;
  options.passes = 2;
  options.held_out = file("new.test");
  update(options);
  const std::string whole = testing::model_bytes(options.output);
  for (const int threads : {1, 3, 7}) {
    options.threads = threads;
    options.output = file("threads" + std::to_string(threads));
    update(options);
    EXPECT_EQ(testing::model_bytes(options.output), whole) << threads << " threads";
  }
  const std::string moved = file("moved");
  for (const int stop : {1, 4, 5, 6, 9}) {
    options.output = file("stopped" + std::to_string(stop));
    const TrainResult first =
        update(options, testing::stop_after(stop + 2));  // asked while reading, too
    ASSERT_EQ(first.end, TrainResult::End::kSignal);
    ASSERT_FALSE(fs::exists(options.output + "/model.npz"));
    fs::rename(file("run"), moved);  // the model is not needed
    ResumeOptions again;
    again.run = options.output;
    again.threads = 1 + stop % 3;
    const TrainResult second = resume(again);
    fs::rename(moved, file("run"));
    EXPECT_EQ(second.end, TrainResult::End::kFinished);
    EXPECT_EQ(testing::model_bytes(options.output), whole) << "stopped at " << stop;
    ASSERT_TRUE(second.update.has_value());
    EXPECT_EQ(second.update->old_docs, 240u);
  }
}

TEST_F(Update, KilledBeforeItsFirstCheckpointItStartsOver) {
  train_old("auto");
  update(of("whole"));
  const auto kill_early = [&](const std::string& name) {
    EXPECT_THROW(update(of(name), testing::stop_after(1)), Error);
    EXPECT_TRUE(list_checkpoints(file(name) + "/checkpoints").empty());
  };
  kill_early("early");
  ResumeOptions again;
  again.run = file("early");
  resume(again);
  EXPECT_EQ(testing::model_bytes(file("early")), testing::model_bytes(file("whole")));

  kill_early("orphan");
  again.run = file("orphan");
  fs::remove(file("run") + "/model.npz");
  try {
    resume(again);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("is gone"));
    EXPECT_THAT(error.what(), HasSubstr("svi-lda update RUN NEWDOCS"));
  }
  UpdateOptions other = of("other");
  other.run = file("whole");
  update(other);
  fs::rename(file("other") + "/model.npz", file("run") + "/model.npz");
  EXPECT_THROW(resume(again), Error);  // another model
}

TEST_F(Update, RaisedPassesGoOnWhereStepSizesDoNotFollowFromThem) {
  train_old("vb");
  UpdateOptions options = of("three");
  options.step_size = "continue";
  options.passes = 3;
  update(options);
  options.output = file("one");
  options.passes = 1;
  update(options);
  ResumeOptions more;
  more.run = file("one");
  more.passes = 3;
  resume(more);
  EXPECT_EQ(testing::model_bytes(file("one")), testing::model_bytes(file("three")));

  update(of("even"));
  more.run = file("even");
  EXPECT_THROW(resume(more), Error);
  more.passes = 1;
  EXPECT_EQ(resume(more).end, TrainResult::End::kFinished);
}

TEST_F(Update, MapsWordsByNameAndCountsTheOthers) {
  train_old("auto");
  update(of("plain"));
  // The same documents with the words numbered the other way round, and one more word.
  std::vector<Document> documents = themed_documents(160, 3, 8, 2);
  for (Document& document : documents) {
    for (std::uint32_t& word : document.words) word = kVocab - 1 - word;
    std::reverse(document.words.begin(), document.words.end());
    std::reverse(document.counts.begin(), document.counts.end());
    document.words.push_back(kVocab);
    document.counts.push_back(3);
  }
  testing::write_uci(file("renamed"), documents, kVocab + 1);
  std::ofstream vocabulary(file("renamed.vocab"));
  for (std::uint32_t w = 0; w < kVocab; ++w) vocabulary << "word" << kVocab - 1 - w << "\n";
  vocabulary << "unknown\n";
  vocabulary.close();
  UpdateOptions options = of("mapped");
  options.corpus = file("renamed");
  options.vocabulary = file("renamed.vocab");
  update(options);
  EXPECT_EQ(testing::model_bytes(file("mapped")), testing::model_bytes(file("plain")));
  EXPECT_EQ(read_run_record(file("mapped") + "/run.json").update->out_of_vocabulary, 480u);

  options.output = file("refused");
  options.vocabulary.clear();
  EXPECT_THAT(refusal_of(options), HasSubstr("give --vocab FILE"));
  std::ofstream others(file("others.vocab"));
  for (std::uint32_t w = 0; w <= kVocab; ++w) others << "mot" << w << "\n";
  others.close();
  options.vocabulary = file("others.vocab");
  EXPECT_THAT(refusal_of(options), HasSubstr("is one of the model's"));
  EXPECT_FALSE(fs::exists(file("refused")));
  EXPECT_FALSE(fs::exists(file("refused.cache")));
}

TEST_F(Update, LeavesTheOldModelAlone) {
  train_old("auto");
  const std::string before = testing::model_bytes(file("run"));
  const std::string record = read_file(file("run") + "/run.json");
  UpdateOptions options = of("run");
  options.force = true;
  EXPECT_THAT(refusal_of(options), HasSubstr("never changed"));
  options.output.clear();
  update(options);
  EXPECT_TRUE(fs::exists(file("run.2") + "/model.npz"));
  options.run = file("run") + "/model.npz";
  update(options);
  EXPECT_EQ(testing::model_bytes(file("run.3")), testing::model_bytes(file("run.2")));
  options.run = file("run.2") + "/";
  update(options);
  EXPECT_TRUE(fs::exists(file("run.4") + "/model.npz"));
  EXPECT_EQ(testing::model_bytes(file("run")), before);
  EXPECT_EQ(read_file(file("run") + "/run.json"), record);
  EXPECT_THAT(refusal_of(of("run.4")), HasSubstr("is not empty"));
}

TEST_F(Update, NamesItsOutputByTheNextFreeNumber) {
  EXPECT_EQ(update_output(file("news")), file("news.2"));
  EXPECT_EQ(update_output(file("news.2")), file("news.3"));
  EXPECT_EQ(update_output(file("news.9/")), file("news.10"));
  EXPECT_EQ(update_output(file("news.01")), file("news.01.2"));
  EXPECT_EQ(update_output(file("news/model.npz")), file("news.2"));
  EXPECT_EQ(update_output(file("saved.npz")), file("saved.2"));
  fs::create_directory(file("v1.x"));
  EXPECT_EQ(update_output(file("v1.x")), file("v1.x.2"));
  std::ofstream(file("v1.x.2.cache")) << "cache of a run that goes on";
  EXPECT_EQ(update_output(file("v1.x")), file("v1.x.3"));
}

TEST_F(Update, RefusesWhatItCannotGoOnFrom) {
  TrainOptions train_options;
  train_options.corpus = file("old");
  train_options.output = file("run");
  train_options.topics = 4;
  train_options.passes = 4;
  train_options.batch_size = 32;
  train(train_options, testing::stop_after(3));
  EXPECT_THAT(refusal_of(of("updated")), HasSubstr("svi-lda resume"));
  ResumeOptions again;
  again.run = file("run");
  resume(again);
  UpdateOptions options = of("updated");
  options.run = list_checkpoints(file("run") + "/checkpoints").front();
  EXPECT_THAT(refusal_of(options), HasSubstr("is a checkpoint"));
  options.run = file("nowhere");
  EXPECT_THAT(refusal_of(options), HasSubstr("No such file"));
  EXPECT_FALSE(fs::exists(file("updated")));

  options = of("updated");
  options.step_size = "evenly";
  options.passes = 0;
  EXPECT_EQ(violations(options).size(), 2u);
  EXPECT_TRUE(violations(of("updated")).empty());
}

TEST_F(Update, OfCoordinateAscentTakesAnotherInference) {
  for (const char* inference : {"batch", "incremental"}) {
    const std::string name = std::string("by-") + inference;
    train_old(inference, name);
    UpdateOptions options = of(name + "2");
    options.run = file(name);
    EXPECT_THAT(refusal_of(options), HasSubstr("--inference vb"));
    options.inference = inference;
    EXPECT_EQ(violations(options).size(), 1u);
    options.inference = "vb";
    options.passes = 4;
    update(options);
    EXPECT_LT(perplexity(name + "2", "new.test"), perplexity(name, "new.test"));
    EXPECT_LT(perplexity(name + "2", "old.test"), 1.1 * perplexity(name, "old.test"));
  }
}

}  // namespace
}  // namespace svi_lda

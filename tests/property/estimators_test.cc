#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "support/temporary_folder.h"
#include "svi_lda/error.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

const std::string kData = SVI_LDA_DATA_DIR;

// A run of a few passes on the demonstration corpus.
EvaluateOptions demo_run(const TemporaryFolder& folder) {
  TrainOptions options;
  options.corpus = kData + "/demo.docword.txt.gz";
  options.output = folder.file("run");
  options.topics = 20;
  options.passes = 3;
  options.threads = 2;
  train(options);
  EvaluateOptions evaluation;
  evaluation.run = options.output;
  evaluation.corpus = kData + "/demo.test.docword.txt.gz";
  evaluation.estimators = "all";
  evaluation.particles = 16;
  evaluation.samples = 100;
  return evaluation;
}

TEST(EstimatorFigures, AreTheSameBytesForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  EvaluateOptions evaluation = demo_run(folder);
  evaluation.compat = "gensim";
  evaluation.threads = 1;
  const EvaluateResult one = evaluate(evaluation);
  evaluation.threads = 3;
  const EvaluateResult three = evaluate(evaluation);
  ASSERT_EQ(one.figures.size(), estimators().size());
  for (std::size_t i = 0; i < one.figures.size(); ++i) {
    EXPECT_EQ(one.figures[i].perplexity, three.figures[i].perplexity) << one.figures[i].name;
    EXPECT_EQ(one.figures[i].sampling_error, three.figures[i].sampling_error);
  }
  ASSERT_EQ(one.foreign.size(), three.foreign.size());
  for (std::size_t i = 0; i < one.foreign.size(); ++i) {
    EXPECT_EQ(one.foreign[i].value, three.foreign[i].value) << one.foreign[i].name;
  }
}

TEST(EstimatorFigures, CarryWhatTheyWereComputedFrom) {
  const TemporaryFolder folder;
  const EvaluateResult result = evaluate(demo_run(folder));
  EXPECT_TRUE(result.warnings.empty());
  for (const Figure& figure : result.figures) {
    SCOPED_TRACE(figure.name);
    const bool half = figure.name == "completion" || figure.name == "unigram";
    EXPECT_EQ(figure.tokens, half ? 20843u : 42000u);
    EXPECT_EQ(figure.docs, 600u);
    EXPECT_DOUBLE_EQ(figure.perplexity, std::exp(figure.nats_per_token));
    EXPECT_NEAR(figure.standard_error, figure.perplexity * figure.standard_error_nats, 1e-9);
    EXPECT_NEAR(figure.unigram, 604.0, 5.0);
    EXPECT_EQ(figure.sampling_error.has_value(), figure.name == "importance");
  }
  // Under one beta: theta fitted to what it scores is better than theta averaged over.
  EXPECT_LT(result.figure("plug-in").perplexity, result.figure("left-to-right").perplexity);
  EXPECT_NEAR(result.figure("left-to-right-linear").nats_per_token,
              result.figure("left-to-right").nats_per_token, 0.1);
  EXPECT_THROW(result.figure("coherence"), Error);
}

// Two unbiased estimators of the same likelihood, which share neither random numbers nor code, on
// articles: their difference is within 3 combined standard errors and what doubling the samples
// still changes (the log of an unbiased estimate is biased low).
TEST(EstimatorFigures, LeftToRightAndImportanceAgreeOnArticles) {
  const std::string data = std::string(SVI_LDA_SHARED_DIR) + "/data/ap/";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << data << " is not here";
  const TemporaryFolder folder;
  TrainOptions options;
  options.corpus = data + "train.docword.txt.gz";
  options.output = folder.file("run");
  options.topics = 20;
  options.passes = 5;
  options.threads = 2;
  train(options);
  EvaluateOptions evaluation;
  evaluation.run = options.output;
  evaluation.corpus = data + "test.docword.txt.gz";
  evaluation.estimators = "left-to-right,importance";
  evaluation.threads = 2;
  evaluation.particles = 16;
  evaluation.samples = 500;
  const EvaluateResult once = evaluate(evaluation);
  evaluation.particles *= 2;
  evaluation.samples *= 2;
  const EvaluateResult twice = evaluate(evaluation);
  const Figure& left_to_right = twice.figure("left-to-right");
  const Figure& importance = twice.figure("importance");
  double bias = 0.0;
  for (const char* name : {"left-to-right", "importance"}) {
    bias += std::abs(twice.figure(name).nats_per_token - once.figure(name).nats_per_token);
  }
  const double error =
      std::hypot(left_to_right.standard_error_nats, importance.standard_error_nats);
  EXPECT_LT(std::abs(left_to_right.nats_per_token - importance.nats_per_token), 3.0 * error + bias);
  // The standard errors are those of the same documents: paired, the two are nearer than that.
  EXPECT_NEAR(left_to_right.nats_per_token, importance.nats_per_token, 0.05);
  EXPECT_LT(*left_to_right.sampling_error, 0.1 * left_to_right.standard_error);
}

}  // namespace
}  // namespace svi_lda

// A small seeded run, pinned: a change of its numbers must be meant.
//
// When may the figures below be changed? Where CHANGELOG.md says under "Numbers change" why the
// same corpus, options and seed now give others. Print the new ones by running this test.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temporary_folder.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/topics.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

const std::string kData = SVI_LDA_DATA_DIR;

TEST(DemoRun, GivesThePinnedFigures) {
  const TemporaryFolder folder;
  TrainOptions options;
  options.corpus = kData + "/demo.docword.txt.gz";
  options.vocabulary = kData + "/demo.vocab.txt";
  options.output = folder.file("run");
  options.topics = 20;
  options.inference = "vb";
  options.init = "random";
  options.alpha = "0.1";
  options.eta = "0.01";
  options.batch_size = 256;
  options.kappa = 0.7;
  options.tau0 = 64.0;
  options.passes = 3;
  options.inner_iterations = 3;
  options.isa = "generic";
  options.threads = 2;
  const TrainResult result = train(options);
  EXPECT_EQ(result.step, 72u);
  EXPECT_EQ(result.tokens, 3u * 418884u);

  EvaluateOptions evaluation;
  evaluation.run = options.output;
  evaluation.corpus = kData + "/demo.test.docword.txt.gz";
  const EvaluateResult figures = evaluate(evaluation);
  // Last digits may differ with the C library's log and the instruction set.
  EXPECT_NEAR(figures.figure("completion").perplexity, 82.0549, 0.001);
  EXPECT_NEAR(figures.figure("bound").perplexity, 90.9179, 0.001);
  EXPECT_NEAR(figures.figure("unigram").perplexity, 603.8827, 0.0001);
  EXPECT_EQ(figures.figure("completion").tokens, 20843u);
  EXPECT_EQ(figures.figure("bound").tokens, 42000u);

  const TopicSummary heaviest = topics(options.output, 5).topics.front();
  std::vector<std::string> words;
  for (const TopWord& word : heaviest.words) words.push_back(word.word);
  EXPECT_EQ(words, (std::vector<std::string>{"plant", "rock", "soil", "mineral", "seed"}));
}

// With no option set but K and the corpus, and fewer passes than it would choose.
TEST(DemoRun, TheDefaultGivesThePinnedFigures) {
  const TemporaryFolder folder;
  TrainOptions options;
  options.corpus = kData + "/demo.docword.txt.gz";
  options.output = folder.file("run");
  options.topics = 35;
  options.passes = 4;
  options.isa = "generic";
  options.threads = 2;
  const TrainResult result = train(options);
  EXPECT_EQ(result.step, 4u * 52u);

  EvaluateOptions evaluation;
  evaluation.run = options.output;
  evaluation.corpus = kData + "/demo.test.docword.txt.gz";
  EXPECT_NEAR(evaluate(evaluation).figure("completion").perplexity, 64.5885, 0.001);
}

}  // namespace
}  // namespace svi_lda

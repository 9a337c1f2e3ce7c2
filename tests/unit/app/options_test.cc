#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TrainOptions sound() {
  TrainOptions options;
  options.corpus = "corpus.txt";
  options.output = "run";
  options.topics = 10;
  return options;
}

TEST(TrainOptions, DefaultsAreSound) { EXPECT_THAT(violations(sound()), IsEmpty()); }

struct Broken {
  const char* option;
  const char* value;  // as the message must show it
  std::function<void(TrainOptions&)> breaks;
};

TEST(TrainOptions, EachRuleNamesOptionAndValue) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  const Broken all[] = {
      {"--topics", "0", [](auto& o) { o.topics = 0; }},
      {"--topics", "-3", [](auto& o) { o.topics = -3; }},
      {"--topics", "2000000", [](auto& o) { o.topics = 2000000; }},
      {"--alpha", "-1", [](auto& o) { o.alpha = "-1"; }},
      {"--alpha", "nan", [](auto& o) { o.alpha = "nan"; }},
      {"--alpha", "1e999", [](auto& o) { o.alpha = "1e999"; }},
      {"--alpha", "''", [](auto& o) { o.alpha = ""; }},
      {"--alpha", "'-'", [](auto& o) { o.alpha = "-"; }},
      {"--alpha", "0.1,0.2", [](auto& o) { o.alpha = "0.1,0.2"; }},
      {"--eta", "'-1'", [](auto& o) { o.eta = "-1"; }},
      {"--eta", "'inf'", [](auto& o) { o.eta = "inf"; }},
      {"--kappa", "0.5", [](auto& o) { o.kappa = 0.5; }},
      {"--kappa", "1.5", [](auto& o) { o.kappa = 1.5; }},
      {"--kappa", "nan", [&](auto& o) { o.kappa = nan; }},
      {"--tau0", "-1", [](auto& o) { o.tau0 = -1; }},
      {"--tau0", "inf", [&](auto& o) { o.tau0 = inf; }},
      {"--batch-size", "-1", [](auto& o) { o.batch_size = -1; }},
      {"--passes", "-1", [](auto& o) { o.passes = -1; }},
      {"--inner-iterations", "-1", [](auto& o) { o.inner_iterations = -1; }},
      {"--sweeps", "1000001", [](auto& o) { o.sweeps = 1000001; }},
      {"--burn-in", "10", [](auto& o) { o.burn_in = o.sweeps; }},
      {"--inner-tolerance", "-0.1", [](auto& o) { o.inner_tolerance = -0.1; }},
      {"--bound-tolerance", "-1", [](auto& o) { o.bound_tolerance = -1; }},
      {"--bound-tolerance", "nan", [&](auto& o) { o.bound_tolerance = nan; }},
      {"--inference", "mcmc", [](auto& o) { o.inference = "mcmc"; }},
      {"--init", "anchor", [](auto& o) { o.init = "anchor"; }},
      {"--seed-weight", "0", [](auto& o) { o.seed_weight = 0.0; }},
      {"--seed-weight", "nan", [&](auto& o) { o.seed_weight = nan; }},
      {"--step", "adam", [](auto& o) { o.step = "adam"; }},
      {"--rho", "0", [](auto& o) { o.rho = 0.0; }},
      {"--rho", "1.5", [](auto& o) { o.rho = 1.5; }},
      {"--rho", "nan", [&](auto& o) { o.rho = nan; }},
      {"--order", "random", [](auto& o) { o.order = "random"; }},
      {"--shuffle-buffer", "some", [](auto& o) { o.shuffle_buffer = "some"; }},
      {"--shuffle-buffer", "100000001",
       [](auto& o) {
         o.corpus_size = 1000;
         o.shuffle_buffer = "100000001";
       }},
      {"--corpus-format", "cache", [](auto& o) { o.corpus_format = "cache"; }},
      {"--corpus-size", "5000000000", [](auto& o) { o.corpus_size = 5000000000; }},
      {"--held-out-fraction", "1", [](auto& o) { o.held_out_fraction = 1.0; }},
      {"--held-out", "-", [](auto& o) { o.held_out = std::string("-"); }},
      {"--seed-words", "-",
       [](auto& o) {
         o.vocabulary = "vocab.txt";
         o.seed_words = "-";
       }},
      {"--report-every", "0", [](auto& o) { o.report_every = std::string("0"); }},
      {"--checkpoint-every", "often", [](auto& o) { o.checkpoint_every = "often"; }},
      {"--keep-checkpoints", "0", [](auto& o) { o.keep_checkpoints = 0; }},
      {"--time-limit", "soon", [](auto& o) { o.time_limit = "soon"; }},
      {"--threads", "-1", [](auto& o) { o.threads = -1; }},
      {"--isa", "mmx", [](auto& o) { o.isa = "mmx"; }},
      {"--memory-limit", "lots", [](auto& o) { o.memory_limit = "lots"; }},
  };
  for (const Broken& broken : all) {
    TrainOptions options = sound();
    broken.breaks(options);
    EXPECT_THAT(violations(options),
                ElementsAre(::testing::AllOf(HasSubstr(broken.option), HasSubstr(broken.value))))
        << broken.option << " " << broken.value;
  }
}

TEST(TrainOptions, KappaSaysWhyStepsMustFallSoFast) {
  TrainOptions options = sound();
  options.kappa = 0.5;
  EXPECT_THAT(violations(options),
              ElementsAre(AllOf(HasSubstr("reach the optimum"), HasSubstr("does not die out"),
                                HasSubstr("--step constant"))));
}

TEST(TrainOptions, StepSizesNeedAMethodThatTakesThem) {
  for (const char* step : {"constant", "adaptive"}) {
    TrainOptions options = sound();
    options.step = step;
    EXPECT_THAT(violations(options), IsEmpty()) << step;
    options.inference = "batch";
    EXPECT_THAT(violations(options), ElementsAre(HasSubstr("takes no step size"))) << step;
  }
  TrainOptions options = sound();
  options.step = "adaptive";
  options.vocabulary = "vocab.txt";
  options.seed_words = "seeds.txt";
  EXPECT_THAT(violations(options), ElementsAre(HasSubstr("--seed-words")));
}

TEST(TrainOptions, AllBrokenRulesAreToldAtOnce) {
  TrainOptions options;
  options.kappa = 2.0;
  options.tau0 = -1.0;
  EXPECT_EQ(violations(options).size(), 5u);  // corpus, output and topics are missing too
}

TEST(TrainOptions, ExclusiveOptionsAreRefusedTogether) {
  TrainOptions options = sound();
  options.held_out = "test.txt";
  options.held_out_fraction = 0.1;
  EXPECT_THAT(violations(options), ElementsAre(HasSubstr("--held-out-fraction")));
  options = sound();
  options.corpus_size = 1000;
  options.held_out_fraction = 0.1;
  EXPECT_THAT(violations(options), ElementsAre(HasSubstr("--corpus-size")));
}

TEST(TrainOptions, AShuffleBufferIsForDocumentsThatComeInTheirOwnOrder) {
  TrainOptions options = sound();
  options.shuffle_buffer = "100";
  EXPECT_THAT(violations(options),
              ElementsAre(HasSubstr("--shuffle-buffer without --corpus-size")));
  options.corpus_size = 1000;
  EXPECT_THAT(violations(options), IsEmpty());
  options.order = "file";
  EXPECT_THAT(violations(options), ElementsAre(HasSubstr("--shuffle-buffer with --order file")));
  options.shuffle_buffer = "0";
  EXPECT_THAT(violations(options), IsEmpty());
}

TEST(TrainOptions, AStreamHasNoCacheToKeep) {
  TrainOptions options = sound();
  options.corpus = "-";
  options.corpus_size = 1000;
  options.keep_cache = true;
  EXPECT_THAT(violations(options), ElementsAre(HasSubstr("--keep-cache with a stream")));
  options.passes = 1;
  EXPECT_THAT(violations(options), IsEmpty());
}

TEST(TrainOptions, DocumentsOfAStreamCannotBeDrawn) {
  TrainOptions options = sound();
  options.corpus_size = 1000;
  options.init = "documents";
  EXPECT_THAT(violations(options),
              ElementsAre(AllOf(HasSubstr("--init documents"), HasSubstr("--corpus-size"),
                                HasSubstr("--init random"))));
  for (const char* init : {"auto", "random"}) {
    options.init = init;
    EXPECT_THAT(violations(options), IsEmpty()) << init;
  }
}

TEST(TrainOptions, SeedWordsNeedCounts) {
  TrainOptions options = sound();
  options.seed_words = "seeds.txt";
  EXPECT_THAT(violations(options), IsEmpty());  // the corpus may carry its words
  options.corpus_size = 1000;
  EXPECT_THAT(violations(options),
              ElementsAre(AllOf(HasSubstr("--seed-words"), HasSubstr("leave --corpus-size out"))));
}

TEST(TrainOptions, CoordinateAscentNeedsDocumentsThatCanBeFoundAgain) {
  TrainOptions options = sound();
  options.corpus_size = 1000;
  for (const char* inference : {"batch", "incremental"}) {
    options.inference = inference;
    EXPECT_THAT(violations(options),
                ElementsAre(AllOf(HasSubstr(inference), HasSubstr("--corpus-size"),
                                  HasSubstr("--inference vb"))));
  }
  options.inference = "vb";
  EXPECT_THAT(violations(options), IsEmpty());
}

}  // namespace
}  // namespace svi_lda

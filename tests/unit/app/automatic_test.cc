#include "app/automatic.h"

#include <gtest/gtest.h>

#include "app/expectation_step.h"

namespace svi_lda {
namespace {

TrainOptions resolved(double docs, std::int64_t topics = 100) {
  TrainOptions options;
  options.topics = topics;
  resolve_automatic(options, docs);
  return options;
}

TEST(Automatic, WhatWasGivenStays) {
  TrainOptions options;
  options.topics = 10;
  options.alpha = "0.3";
  options.eta = "0.4";
  options.batch_size = 7;
  options.passes = 3;
  options.inner_iterations = 4;
  resolve_automatic(options, 1e6);
  EXPECT_EQ(options.alpha, "0.3");
  EXPECT_EQ(options.eta, "0.4");
  EXPECT_EQ(options.batch_size, 7);
  EXPECT_EQ(options.passes, 3);
  EXPECT_EQ(options.inner_iterations, 4);
}

TEST(Automatic, ResolvingTwiceChangesNothing) {
  TrainOptions options = resolved(20000.0);
  const TrainOptions once = options;
  resolve_automatic(options, 500.0);
  EXPECT_EQ(options.alpha, once.alpha);
  EXPECT_EQ(options.batch_size, once.batch_size);
  EXPECT_EQ(options.passes, once.passes);
  EXPECT_EQ(options.inner_iterations, once.inner_iterations);
}

TEST(Automatic, EveryCorpusGetsAValidPlan) {
  std::int64_t batch = 0;
  std::int64_t passes = 1'000'000;
  for (double docs = 1.0; docs < 1e9; docs *= 3.0) {
    const TrainOptions options = resolved(docs);
    EXPECT_GE(options.batch_size, batch) << docs;
    EXPECT_LE(options.passes, passes) << docs;
    EXPECT_GE(options.passes, 10) << docs;
    batch = options.batch_size;
    passes = options.passes;
  }
  EXPECT_EQ(batch, 4096);
  EXPECT_EQ(passes, 10);

  TrainOptions to_the_end;
  to_the_end.topics = 100;
  to_the_end.least_gain = 0.0;
  resolve_automatic(to_the_end, 1e9);
  EXPECT_EQ(to_the_end.passes, 5);
}

TEST(Automatic, CoordinateAscentGoesOnUntilItsBoundSettles) {
  for (const char* inference : {"batch", "incremental"}) {
    for (const double docs : {1.0, 3000.0, 1e6}) {
      TrainOptions options;
      options.topics = 100;
      options.inference = inference;
      resolve_stopping(options);
      resolve_automatic(options, docs);
      EXPECT_EQ(options.passes, 1000);
      EXPECT_EQ(options.inner_iterations, 10);
      EXPECT_GE(options.batch_size, 1);
      EXPECT_NE(plan_of(options, docs).find("until the corpus bound settles"), std::string::npos);
      options.bound_tolerance = 0.0;
      EXPECT_EQ(plan_of(options, docs).find("settles"), std::string::npos);
    }
  }
}

TEST(Automatic, AlphaIsSharedAmongTopics) {
  for (const auto& [topics, alpha] :
       {std::pair{1, "0.1"}, std::pair{100, "shares"}, std::pair{1000, "shares"}}) {
    EXPECT_EQ(resolved(5000.0, topics).alpha, alpha);
  }
}

TEST(Automatic, AWordWeighsATokenOverAllTopicsUnlessThereAreFew) {
  const auto eta = [](std::int64_t topics, double tokens, double vocab_size) {
    TrainOptions options;
    options.topics = topics;
    resolve_by_tokens(options, 0.0, tokens, vocab_size);
    return std::stod(options.eta);
  };
  EXPECT_DOUBLE_EQ(eta(1, 1e7, 1e4), 1.0);
  EXPECT_DOUBLE_EQ(eta(5, 1e7, 1e4), 0.2);
  EXPECT_DOUBLE_EQ(eta(500, 1e7, 1e4), 0.002);
  EXPECT_DOUBLE_EQ(eta(500, 0.0, 1e4), 0.002);  // a stream
  EXPECT_DOUBLE_EQ(eta(1000, 1e4, 1e4), 0.0005);
  EXPECT_GT(eta(1'000'000, 1.0, 1e7), 0.0);
}

TEST(Automatic, ARunWithoutPassesGivenMayEndByItsHeldOutScore) {
  TrainOptions options;
  options.topics = 100;
  resolve_stopping(options);
  EXPECT_GT(options.least_gain, 0.0);
  EXPECT_EQ(options.held_out_fraction, 0.02);
  EXPECT_TRUE(has_automatic_slice(options));
  resolve_automatic(options, 2000.0);
  EXPECT_EQ(options.passes, 100);
  EXPECT_NE(plan_of(options, 2000.0).find("until held-out perplexity settles, at most 100"),
            std::string::npos);

  TrainOptions own;
  own.held_out = "file";
  resolve_stopping(own);
  EXPECT_GT(own.least_gain, 0.0);
  EXPECT_EQ(own.held_out_fraction, 0.0);
  EXPECT_FALSE(has_automatic_slice(own));
}

TEST(Automatic, ARunWithoutHeldOutDocumentsOrWithPassesGoesToItsEnd) {
  TrainOptions passes;
  passes.passes = 3;
  TrainOptions stream;
  stream.corpus_size = 1000;
  TrainOptions batch;
  batch.inference = "batch";
  for (TrainOptions* options : {&passes, &stream, &batch}) {
    resolve_stopping(*options);
    EXPECT_EQ(options->least_gain, 0.0);
    EXPECT_EQ(options->held_out_fraction, 0.0);
  }
}

TEST(Automatic, LeavingOutTakesMemoryOnlyWhereItIsSmall) {
  const auto resolved_for = [](const char* inference, double tokens, std::int64_t topics) {
    TrainOptions options;
    options.inference = inference;
    options.topics = topics;
    resolve_by_tokens(options, 0.0, tokens, 1000.0);
    return options.leave_out;
  };
  EXPECT_EQ(resolved_for("auto", 6.4e6, 100), "on");
  EXPECT_EQ(resolved_for("gibbs", 6.4e6, 100), "on");
  EXPECT_EQ(resolved_for("auto", 6.5e6, 100), "off");
  EXPECT_EQ(resolved_for("auto", 1e3, 70'000), "off");
  EXPECT_EQ(resolved_for("vb", 1e3, 100), "off");
  TrainOptions given;
  given.leave_out = "on";
  resolve_by_tokens(given, 1e7, 1e9, 1000.0);
  EXPECT_EQ(given.leave_out, "on");
}

TEST(Automatic, OnlyAutoChangesItsMethod) {
  TrainOptions options;
  options.batch_size = 10;
  EXPECT_EQ(method_at(options, 0, 1000.0), InferenceMethod::kCvb0);
  EXPECT_EQ(method_at(options, 999, 1000.0), InferenceMethod::kCvb0);
  EXPECT_EQ(method_at(options, 1000, 1000.0), InferenceMethod::kGibbs);
  // 100 steps are not done in a pass: whole passes until they are.
  options.batch_size = 25;
  EXPECT_EQ(method_at(options, 2999, 1000.0), InferenceMethod::kCvb0);
  EXPECT_EQ(method_at(options, 3000, 1000.0), InferenceMethod::kGibbs);
  for (const auto& [name, method] :
       {std::pair{"vb", InferenceMethod::kVb}, std::pair{"em", InferenceMethod::kEm},
        std::pair{"cvb0", InferenceMethod::kCvb0}, std::pair{"gibbs", InferenceMethod::kGibbs}}) {
    options.inference = name;
    EXPECT_EQ(method_at(options, 0, 1000.0), method);
    EXPECT_EQ(method_at(options, 5000, 1000.0), method);
  }
}

}  // namespace
}  // namespace svi_lda

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
  options.alpha = 0.3;
  options.eta = 0.4;
  options.batch_size = 7;
  options.passes = 3;
  options.inner_iterations = 4;
  resolve_automatic(options, 1e6);
  EXPECT_EQ(options.alpha, 0.3);
  EXPECT_EQ(options.eta, 0.4);
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
    EXPECT_GE(options.passes, 5) << docs;
    EXPECT_LE(documents_by_em(docs), docs);
    batch = options.batch_size;
    passes = options.passes;
  }
  EXPECT_EQ(batch, 4096);
  EXPECT_EQ(passes, 5);
}

TEST(Automatic, AlphaIsBoundedForAllTopicsTogether) {
  for (const auto& [topics, alpha] :
       {std::pair{1, 0.1}, std::pair{100, 0.1}, std::pair{1000, 0.01}}) {
    EXPECT_DOUBLE_EQ(resolved(5000.0, topics).alpha, alpha);
  }
}

TEST(Automatic, AWordWeighsAtLeastATokenOverAllTopics) {
  for (const auto& [topics, eta] : {std::pair{1, 1.0}, std::pair{5, 0.2}, std::pair{500, 0.01}}) {
    EXPECT_DOUBLE_EQ(resolved(5000.0, topics).eta, eta);
  }
}

TEST(Automatic, OnlyAutoChangesItsMethod) {
  TrainOptions options;
  EXPECT_EQ(method_at(options, 0, 1000.0), InferenceMethod::kEm);
  EXPECT_EQ(method_at(options, 999, 1000.0), InferenceMethod::kGibbs);
  EXPECT_EQ(method_at(options, 89'999, 90'000.0), InferenceMethod::kEm);
  EXPECT_EQ(method_at(options, 90'000, 90'000.0), InferenceMethod::kGibbs);
  for (const auto& [name, method] :
       {std::pair{"vb", InferenceMethod::kVb}, std::pair{"em", InferenceMethod::kEm},
        std::pair{"gibbs", InferenceMethod::kGibbs}}) {
    options.inference = name;
    EXPECT_EQ(method_at(options, 0, 1000.0), method);
    EXPECT_EQ(method_at(options, 5000, 1000.0), method);
  }
}

}  // namespace
}  // namespace svi_lda

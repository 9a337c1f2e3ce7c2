// Documents that all threads share.
#include "local/wide_document.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "local/local_step.h"
#include "support/double_twin.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using testing::double_twin;
using testing::make_minibatch;
using testing::random_documents;

constexpr std::uint32_t kTopics = 256;
constexpr std::uint32_t kVocab = 16391;  // of whole ranges and a part of one
static_assert(is_wide(kVocab, kTopics) && kVocab % kWideRange % kRowBlock != 0);

// All words of the vocabulary, each up to three times.
Document wide_document() {
  RandomStream random = testing::test_stream(31);
  Document document;
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    document.words.push_back(w);
    document.counts.push_back(1 + static_cast<std::uint32_t>(random.below(3)));
  }
  return document;
}

Hyperparameters symmetric(double prior) { return {std::vector<double>(kTopics, prior), prior}; }

// Words that only topics other than the document's have seen, in its first, a middle and its last
// range; see clashing_topics.
const std::vector<std::uint32_t> kClashing = {0, 5000, kVocab - 1};
Topics clashing_topics(double prior) {
  Topics topics = testing::clashing_topics(kTopics, kVocab, prior);
  for (const std::uint32_t w : kClashing) {
    topics.row(w)[0] = 0.0f;
    for (std::uint32_t k = 1; k < kTopics; ++k) topics.row(w)[k] = 50.0f;
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

Responsibilities run(const Minibatch& batch, const Topics& topics, double prior,
                     const LocalStepOptions& options, int threads = 1) {
  Responsibilities out;
  local_step(batch, topics, symmetric(prior), options, Parallel(threads), out);
  return out;
}

void expect_same_bits(const Responsibilities& a, const Responsibilities& b) {
  EXPECT_EQ(a.gamma, b.gamma);
  EXPECT_EQ(a.etheta, b.etheta);
  EXPECT_EQ(a.ratio, b.ratio);
  EXPECT_EQ(a.slow_entry, b.slow_entry);
  EXPECT_EQ(a.slow_phi, b.slow_phi);
  EXPECT_EQ(a.work.iterations, b.work.iterations);
  EXPECT_EQ(a.work.multiply_adds, b.work.multiply_adds);
}

// Sum_k gamma_k of document `doc` against Sum_k alpha_k and its tokens. Addends that are all alike
// are rounded the same way, so that of the 2e-5 that a range's and then all ranges' additions may
// lose, more shows than by chance.
void expect_every_token(const Responsibilities& out, const Minibatch& batch, std::size_t doc,
                        double prior) {
  double expected = prior * kTopics;
  for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
    expected += static_cast<double>(batch.entry_count[e]);
  }
  double sum = 0.0;
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    sum += static_cast<double>(out.gamma[doc * out.stride + k]);
  }
  EXPECT_NEAR(sum, expected, 4e-6 * expected);
}

class WideDocument : public ::testing::TestWithParam<LocalMethod> {
 protected:
  static constexpr double kPrior = 0.05;
  const Topics topics = testing::sparse_topics(kTopics, kVocab, kPrior, 50.0, 7);
};

INSTANTIATE_TEST_SUITE_P(Methods, WideDocument,
                         ::testing::Values(LocalMethod::kVb, LocalMethod::kMeans),
                         [](const auto& tested) {
                           return std::string(tested.param == LocalMethod::kVb ? "vb" : "means");
                         });

TEST_P(WideDocument, AgreesWithTheDoubleTwin) {
  const Minibatch batch = make_minibatch({wide_document()}, kVocab);
  for (const int iterations : {1, 3}) {
    const LocalStepOptions options{GetParam(), iterations, 0.0};
    const Responsibilities out = run(batch, topics, kPrior, options, 2);
    const ReferenceDocument expected = double_twin(batch, 0, topics, symmetric(kPrior), options);
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const double gamma = expected.gamma[static_cast<Eigen::Index>(k)];
      EXPECT_NEAR(static_cast<double>(out.gamma[k]), gamma,
                  3e-5 * std::pow(4.0, iterations) * gamma)
          << "topic " << k << ", iterations " << iterations;
    }
  }
}

TEST_P(WideDocument, GivesOutEveryToken) {
  const Minibatch batch = make_minibatch({wide_document()}, kVocab);
  const Responsibilities out = run(batch, topics, kPrior, {GetParam(), 100, 1e-3});
  expect_every_token(out, batch, 0, kPrior);
  for (std::size_t e = 0; e < batch.num_entries(); ++e) {
    const float* row = out.rows.data() + batch.entry_word[e] * out.stride;
    double given = 0.0;
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      given += static_cast<double>(out.etheta[k]) * static_cast<double>(row[k]);
    }
    given *= static_cast<double>(out.ratio[e]);
    ASSERT_NEAR(given, static_cast<double>(batch.entry_count[e]), 1e-5 * given) << "entry " << e;
  }
}

// The last iteration, and no other, moves gamma by less than the tolerance.
TEST_P(WideDocument, StopsWhereTheToleranceIsMet) {
  constexpr double kTolerance = 1e-3;
  const Minibatch batch = make_minibatch({wide_document()}, kVocab);
  const auto gamma_after = [&](int iterations) {
    return run(batch, topics, kPrior, {GetParam(), iterations, 0.0}).gamma;
  };
  const Responsibilities out = run(batch, topics, kPrior, {GetParam(), 100, kTolerance});
  const int iterations = static_cast<int>(out.work.iterations);
  ASSERT_GT(iterations, 2);
  ASSERT_LT(iterations, 100);
  const auto last = gamma_after(iterations);
  const auto before = gamma_after(iterations - 1);
  const auto earlier = gamma_after(iterations - 2);
  EXPECT_EQ(last, out.gamma);
  double last_change = 0.0;
  double change_before = 0.0;
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    last_change += static_cast<double>(std::abs(last[k] - before[k]));
    change_before += static_cast<double>(std::abs(before[k] - earlier[k]));
  }
  EXPECT_LT(last_change / kTopics, kTolerance);
  EXPECT_GT(change_before / kTopics, kTolerance);
}

TEST_P(WideDocument, ThreadsDoNotChangeABit) {
  constexpr double kTiny = 0.001;
  auto documents = random_documents(9, kVocab, 60, 21);
  documents.insert(documents.begin() + 4, wide_document());
  documents.push_back(wide_document());
  const Minibatch batch = make_minibatch(documents, kVocab);
  const Topics clashing = clashing_topics(kTiny);
  const LocalStepOptions options{GetParam(), 4, 0.0};
  const Responsibilities one = run(batch, clashing, kTiny, options, 1);
  for (const int threads : {2, 3, 7}) {
    expect_same_bits(one, run(batch, clashing, kTiny, options, threads));
  }
}

TEST_P(WideDocument, LeavesOtherDocumentsAsTheyAre) {
  const auto small = random_documents(9, kVocab, 60, 21);
  auto together = small;
  together.insert(together.begin() + 4, wide_document());
  const LocalStepOptions options{GetParam(), 50, 1e-3};
  const Minibatch small_batch = make_minibatch(small, kVocab);
  const Minibatch batch = make_minibatch(together, kVocab);
  const Responsibilities without = run(small_batch, topics, kPrior, options, 2);
  const Responsibilities with = run(batch, topics, kPrior, options, 2);
  for (std::size_t d = 0; d < small.size(); ++d) {
    const std::size_t at = d < 4 ? d : d + 1;
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      ASSERT_EQ(without.gamma[d * without.stride + k], with.gamma[at * with.stride + k]);
      ASSERT_EQ(without.etheta[d * without.stride + k], with.etheta[at * with.stride + k]);
    }
    for (std::uint32_t i = 0; i < small[d].words.size(); ++i) {
      ASSERT_EQ(without.ratio[small_batch.doc_begin[d] + i], with.ratio[batch.doc_begin[at] + i]);
    }
  }
}

TEST(WideDocumentUnderflow, GoesToLogSpaceInTheOrderOfEntriesAndKeepsEveryToken) {
  constexpr double kTiny = 0.001;
  const Topics topics = clashing_topics(kTiny);
  const auto small = random_documents(1, kVocab, 20, 3);
  const Minibatch batch = make_minibatch({small[0], wide_document()}, kVocab);
  for (const int iterations : {1, 3}) {
    const LocalStepOptions options{LocalMethod::kVb, iterations, 0.0};
    const Responsibilities out = run(batch, topics, kTiny, options, 2);
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t w : kClashing) {
      if (iterations > 1) expected.push_back(batch.doc_begin[1] + w);
    }
    EXPECT_EQ(out.slow_entry, expected) << "iterations " << iterations;
    for (std::size_t i = 0; i < out.slow_entry.size(); ++i) {
      double phi = 0.0;
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        phi += static_cast<double>(out.slow_phi[i * out.stride + k]);
      }
      const auto count = static_cast<double>(batch.entry_count[out.slow_entry[i]]);
      EXPECT_NEAR(phi, count, 1e-5 * count);
      EXPECT_EQ(out.ratio[out.slow_entry[i]], 0.0f);
    }
    expect_every_token(out, batch, 1, kTiny);
  }
}

TEST(WideDocumentUnderflow, AgreesWithTheDoubleTwin) {
  constexpr double kTiny = 0.001;
  const Topics topics = clashing_topics(kTiny);
  const Minibatch batch = make_minibatch({wide_document()}, kVocab);
  const LocalStepOptions options{LocalMethod::kVb, 3, 0.0};
  const Responsibilities out = run(batch, topics, kTiny, options);
  const ReferenceDocument expected = double_twin(batch, 0, topics, symmetric(kTiny), options);
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    const double gamma = expected.gamma[static_cast<Eigen::Index>(k)];
    EXPECT_NEAR(static_cast<double>(out.gamma[k]), gamma, 1e-4 * gamma) << "topic " << k;
  }
}

TEST(WideDocumentEdge, OneThatIsNotFiniteIsAnErrorThatNamesIt) {
  Topics topics = testing::sparse_topics(kTopics, kVocab, 0.1, 50.0, 7);
  topics.row(9000)[2] = std::nanf("");
  const auto small = random_documents(1, 8000, 20, 3);
  const Minibatch batch = make_minibatch({small[0], wide_document()}, kVocab);
  try {
    run(batch, topics, 0.1, {LocalMethod::kVb, 100, 1e-3}, 2);
    FAIL() << "accepted NaN";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNumeric);
    EXPECT_NE(std::string(error.what()).find("document 2:"), std::string::npos) << error.what();
  }
}

TEST(WideDocumentEdge, WhatStandsBesideIsDoneWhereThereIsNoOtherDocument) {
  const Topics topics = testing::sparse_topics(kTopics, kVocab, 0.1, 50.0, 7);
  const Minibatch batch = make_minibatch({wide_document()}, kVocab);
  std::atomic<int> done[3] = {0, 0, 0};
  Responsibilities out;
  const auto task = [&](std::size_t i) { ++done[i]; };
  local_step(batch, topics, symmetric(0.1), {LocalMethod::kVb, 1, 0.0}, Parallel(2), out,
             BesideTasks{3, task});
  for (const auto& times : done) EXPECT_EQ(times.load(), 1);
}

TEST(WideDocumentEdge, IsAMatterOfEntriesAndTopics) {
  EXPECT_TRUE(is_wide(kWideEntries, kWideFloats / kWideEntries));
  EXPECT_FALSE(is_wide(kWideEntries, kWideFloats / kWideEntries - kLanePad));
  EXPECT_FALSE(is_wide(kWideEntries - 1, kWideFloats));  // few entries, however many topics
}

}  // namespace
}  // namespace svi_lda

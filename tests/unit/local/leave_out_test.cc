#include "local/leave_out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "local/sampled_step.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::random_topics;

constexpr std::uint32_t kTopics = 21;
constexpr std::uint32_t kWords = 40;
constexpr double kEta = 0.05;
constexpr std::size_t kKept = 3;

// A document and three samples of each of its tokens.
struct Sampled {
  std::vector<std::uint32_t> words = {3, 7, 8, 39};
  std::vector<std::uint32_t> tokens = {2, 1, 5, 1};
  DocumentSamples samples;

  Sampled() {
    std::size_t total = 0;
    for (const std::uint32_t n : tokens) total += n;
    for (std::size_t i = 0; i < kKept * total; ++i) {
      samples.topics.push_back(static_cast<std::uint16_t>(i * i % 5));
    }
    samples.weight = 0.9;
    samples.log_shrunk = -1.0;
  }
};

class LeaveOutTest : public ::testing::Test {
 protected:
  LeaveOutTest() : topics_(random_topics(kTopics, kWords, kEta, 5)), alpha_(topics_.stride()) {
    for (std::uint32_t k = 0; k < kTopics; ++k) alpha_[k] = 0.1f + 0.01f * static_cast<float>(k);
  }

  const std::vector<const float*>& rows(const Sampled& document, double shrunk) {
    return leave_out_.rows(document.samples, shrunk, kKept, document.words.data(),
                           document.tokens.data(), document.words.size(), alpha_.data(), kShift,
                           smoothing_);
  }

  static constexpr double kShift = -4.0;
  const Topics topics_;
  AlignedVector<float> alpha_;
  std::vector<float> smoothing_;
  LeaveOut leave_out_{topics_};
};

// E[beta] of lambda less what the samples stand for, written out in double.
TEST_F(LeaveOutTest, RowsAreTheTopicsWithoutTheDocument) {
  const Sampled document;
  const double shrunk = -1.7;
  const double share = 0.9 * std::exp(shrunk - -1.0) / kKept;
  const auto& rows = this->rows(document, shrunk);
  std::vector<double> sums(topics_.row_sums().begin(), topics_.row_sums().end());
  for (const std::uint16_t k : document.samples.topics) sums[k] -= share;
  std::size_t sample = 0;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    std::vector<float> lambda(kTopics);
    topics_.lambda_row(document.words[i], lambda.data());
    std::vector<double> expected(lambda.begin(), lambda.end());
    for (std::size_t s = 0; s < kKept * document.tokens[i]; ++s) {
      expected[document.samples.topics[sample++]] -= share;
    }
    double smoothing = 0.0;
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      expected[k] = std::max(expected[k], std::min(kEta, static_cast<double>(lambda[k])));
      const double p = std::exp(-kShift) * expected[k] / sums[k];
      EXPECT_NEAR(static_cast<double>(rows[i][k]), p, 1e-5 * std::max(p, 1.0)) << i << " " << k;
      smoothing += static_cast<double>(alpha_[k]) * p;
    }
    EXPECT_NEAR(static_cast<double>(smoothing_[i]), smoothing, 1e-5 * smoothing);
    for (std::size_t k = kTopics; k < topics_.stride(); ++k) EXPECT_EQ(rows[i][k], 0.0f);
  }
}

// However much the document is said to weigh, no topic is left with less than its prior.
TEST_F(LeaveOutTest, NothingIsTakenBelowThePrior) {
  Sampled document;
  document.samples.weight = 1e6;
  const auto& rows = this->rows(document, -1.0);
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    EXPECT_GT(smoothing_[i], 0.0f);
    for (std::uint32_t k = 0; k < kTopics; ++k) EXPECT_GT(rows[i][k], 0.0f) << i << " " << k;
  }
}

// With a weight of next to nothing a document is sampled as without a memory.
TEST(SampledStepWithMemory, WithoutWeightNothingChanges) {
  const Topics topics = random_topics(kTopics, 300, kEta, 5);
  const Hyperparameters hyper{std::vector<double>(kTopics, 0.1), kEta};
  const Minibatch batch = testing::make_minibatch(testing::random_documents(50, 300, 60, 4), 300);
  const SampledStepOptions options{6, kKept, 1};
  TopicSamples plain;
  sampled_step(batch, topics, hyper, options, 1, Parallel(1), plain);
  SampleMemory memory;
  for (std::size_t d = 0; d < batch.num_docs(); ++d) {
    const auto first = plain.topics.begin() +
                       static_cast<std::ptrdiff_t>(kKept * plain.entry_begin[batch.doc_begin[d]]);
    const auto last = plain.topics.begin() + static_cast<std::ptrdiff_t>(
                                                 kKept * plain.entry_begin[batch.doc_begin[d + 1]]);
    DocumentSamples& document = memory.docs.emplace_back();
    document.topics.assign(first, last);
    document.weight = 1e-12;
  }
  TopicSamples light;
  sampled_step(batch, topics, hyper, options, 1, Parallel(1), light, std::nullopt, memory);
  std::size_t differ = 0;
  for (std::size_t i = 0; i < plain.topics.size(); ++i) {
    differ += plain.topics[i] != light.topics[i] ? 1 : 0;
  }
  // Row sums are divided by in another order: a draw at the very border may fall to its neighbour.
  EXPECT_LE(differ, plain.topics.size() / 100);

  // With a full one it makes a difference, and threads make none.
  for (DocumentSamples& document : memory.docs) document.weight = 1.0;
  TopicSamples heavy;
  sampled_step(batch, topics, hyper, options, 1, Parallel(1), heavy, std::nullopt, memory);
  EXPECT_NE(heavy.topics, plain.topics);
  for (const int threads : {2, 5}) {
    TopicSamples many;
    sampled_step(batch, topics, hyper, options, 1, Parallel(threads), many, std::nullopt, memory);
    EXPECT_EQ(heavy.topics, many.topics);
  }
}

}  // namespace
}  // namespace svi_lda

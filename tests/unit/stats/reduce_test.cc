#include "stats/reduce.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "local/local_step.h"
#include "local/reference.h"
#include "stats/kernels.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;

// Moving one leaves the rows, which the statistics point to, where they are.
struct Result {
  Responsibilities responsibilities;
  SufficientStats stats;
};

Result run(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
           int iterations, int threads) {
  const Parallel parallel(threads);
  Result result;
  local_step(batch, topics, hyper, {LocalMethod::kVb, iterations, 1e-3}, parallel,
             result.responsibilities);
  reduce(batch, topics.num_topics(), result.responsibilities, parallel, result.stats);
  return result;
}

class Reduce : public ::testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(TopicCounts, Reduce, ::testing::Values(1, 5, 16, 40, 100, 129, 300));

// At one inner iteration too: r and etheta must come from one half-step, or the sum is off by 10%.
TEST_P(Reduce, SufficientStatisticsSumToTheTokens) {
  const std::uint32_t num_topics = GetParam();
  const Topics topics = random_topics(num_topics, 400, 0.01, 3);
  const Hyperparameters hyper{std::vector<double>(num_topics, 0.05), 0.01};
  const Minibatch batch = make_minibatch(random_documents(60, 400, 90, 4), 400);
  for (const int iterations : {1, 2, 5, 100}) {
    const Result result = run(batch, topics, hyper, iterations, 1);
    const SufficientStats& stats = result.stats;
    double by_topic = 0.0;
    for (const double sum : stats.topic_sums) by_topic += sum;
    EXPECT_NEAR(by_topic, static_cast<double>(batch.tokens),
                1e-6 * static_cast<double>(batch.tokens));
    for (std::size_t w = 0; w < batch.num_words(); ++w) {
      double expected = 0.0;
      for (std::uint32_t p = batch.word_begin[w]; p < batch.word_begin[w + 1]; ++p) {
        expected += static_cast<double>(batch.entry_count[batch.place_entry[p]]);
      }
      double sum = 0.0;
      for (std::size_t k = 0; k < stats.stride; ++k) {
        sum += static_cast<double>(stats.rows[w * stats.stride + k]);
        if (k >= num_topics) {
          EXPECT_EQ(stats.rows[w * stats.stride + k], 0.0f);
        }
      }
      EXPECT_NEAR(sum, expected, 3e-6 * expected) << "word " << w;
    }
  }
}

TEST_P(Reduce, ThreadsDoNotChangeABit) {
  const std::uint32_t num_topics = GetParam();
  const Topics topics = sparse_topics(num_topics, 900, 0.001, 200.0, 3);
  const Hyperparameters hyper{std::vector<double>(num_topics, 0.001), 0.001};
  const Minibatch batch = make_minibatch(random_documents(70, 900, 150, 4), 900);
  const Result one = run(batch, topics, hyper, 20, 1);
  for (const int threads : {2, 3, 7}) {
    const Result many = run(batch, topics, hyper, 20, threads);
    EXPECT_EQ(one.responsibilities.rows, many.responsibilities.rows);
    EXPECT_EQ(one.stats.topic_sums, many.stats.topic_sums);
  }
}

// Going by the lines of etheta in use must leave the bytes of going by whole rows.
TEST(ReduceLines, GivesTheBytesOfWholeRows) {
  constexpr std::uint32_t kTopics = 300;
  const Topics topics = sparse_topics(kTopics, 900, 0.01, 200.0, 3);
  const Hyperparameters hyper{std::vector<double>(kTopics, 0.01), 0.01};
  const Minibatch batch = make_minibatch(random_documents(70, 900, 8, 4), 900);
  Responsibilities from;
  local_step(batch, topics, hyper, {LocalMethod::kVb, 50, 1e-3}, Parallel(1), from);
  const std::size_t stride = from.stride;
  const std::size_t most = stride / kEthetaLine;
  std::vector<std::uint16_t> line(batch.num_docs() * most);
  std::vector<std::uint32_t> num_lines(batch.num_docs());
  std::size_t used = 0;
  for (std::size_t d = 0; d < batch.num_docs(); ++d) {
    num_lines[d] = static_cast<std::uint32_t>(
        find_lines(from.etheta.data() + d * stride, stride, line.data() + d * most));
    used += num_lines[d];
    for (std::size_t i = 0; i < num_lines[d]; ++i) {
      const float* begin = from.etheta.data() + d * stride + line[d * most + i] * kEthetaLine;
      EXPECT_TRUE(std::any_of(begin, begin + kEthetaLine, [](float e) { return e > 0.0f; }));
    }
  }
  EXPECT_GT(used, batch.num_docs());
  EXPECT_LT(2 * used, batch.num_docs() * most);
  AlignedVector<float> whole = from.rows;
  AlignedVector<float> scratch(stride, 7.0f);
  std::vector<double> whole_sums(stride, 0.25);
  std::vector<double> sums(stride, 0.25);
  for (std::size_t w = 0; w < batch.num_words(); ++w) {
    const std::uint32_t first = batch.word_begin[w];
    const std::uint32_t* entry = batch.place_entry.data() + first;
    const std::uint32_t* doc = batch.place_doc.data() + first;
    const std::size_t places = batch.word_begin[w + 1] - first;
    const std::size_t available = batch.num_entries() - first;
    reduce_word(entry, doc, places, available, from.ratio.data(), from.etheta.data(), stride,
                whole.data() + w * stride, whole_sums.data());
    reduce_word_over_lines(entry, doc, places, available, from.ratio.data(), from.etheta.data(),
                           stride, line.data(), num_lines.data(), scratch.data(),
                           from.rows.data() + w * stride, sums.data());
  }
  EXPECT_EQ(whole, from.rows);
  EXPECT_EQ(whole_sums, sums);
}

// Entries done in log space must reach the sums like all others.
TEST(ReduceSlowPath, TokensInLogSpaceAreNotLost) {
  const Topics topics = testing::clashing_topics(1000, 500, 0.001);
  const Hyperparameters hyper{std::vector<double>(1000, 0.001), 0.001};
  auto documents = random_documents(40, 500, 12, 6);
  for (std::uint32_t w = 1; w < 20; ++w) {
    documents.push_back(testing::make_document({{0, w}, {w, 5}, {w + 30, 2}}));
  }
  const Minibatch batch = make_minibatch(documents, 500);
  const Result result = run(batch, topics, hyper, 50, 2);
  EXPECT_GE(result.responsibilities.slow_entry.size(), 19u);
  double total = 0.0;
  for (const double sum : result.stats.topic_sums) total += sum;
  EXPECT_NEAR(total, static_cast<double>(batch.tokens), 1e-5 * static_cast<double>(batch.tokens));
}

TEST(ReduceCheck, LostTokensAreAnError) {
  const Topics topics = random_topics(8, 50, 0.01, 3);
  const Hyperparameters hyper{std::vector<double>(8, 0.1), 0.01};
  const Minibatch batch = make_minibatch(random_documents(5, 50, 30, 4), 50);
  const Parallel parallel(1);
  Responsibilities responsibilities;
  local_step(batch, topics, hyper, {LocalMethod::kVb, 5, 1e-3}, parallel, responsibilities);
  for (float& ratio : responsibilities.ratio) ratio *= 0.99f;
  SufficientStats stats;
  EXPECT_THROW(reduce(batch, 8, responsibilities, parallel, stats), Error);
}

}  // namespace
}  // namespace svi_lda

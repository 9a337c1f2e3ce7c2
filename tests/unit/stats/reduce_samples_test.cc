#include "stats/reduce_samples.h"

#include <gtest/gtest.h>

#include "local/sampled_step.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::sparse_topics;

class ReduceSamples : public ::testing::TestWithParam<std::uint32_t> {
 protected:
  ReduceSamples()
      : batch_(make_minibatch(random_documents(70, 400, 90, 4), 400)),
        topics_(sparse_topics(GetParam(), 400, 0.01, 90.0, 3)),
        hyper_{std::vector<double>(GetParam(), 0.05), 0.01} {
    sampled_step(batch_, topics_, hyper_, {7, 4, 1}, 3, Parallel(1), samples_);
  }
  Minibatch batch_;
  Topics topics_;
  Hyperparameters hyper_;
  TopicSamples samples_;
};
INSTANTIATE_TEST_SUITE_P(TopicCounts, ReduceSamples, ::testing::Values(1, 16, 33, 100));

TEST_P(ReduceSamples, AgreesWithCountingTokenByToken) {
  const std::uint32_t num_topics = GetParam();
  std::vector<double> rows(batch_.num_words() * num_topics, 0.0);
  std::vector<double> sums(num_topics, 0.0);
  for (std::size_t e = 0; e < batch_.num_entries(); ++e) {
    const auto samples = samples_.kept * static_cast<std::size_t>(batch_.entry_count[e]);
    for (std::size_t s = 0; s < samples; ++s) {
      const std::uint32_t k = samples_.topics[samples_.kept * samples_.entry_begin[e] + s];
      rows[std::size_t{batch_.entry_word[e]} * num_topics + k] += 0.25;
      sums[k] += 0.25;
    }
  }
  SufficientStats stats;
  reduce_samples(batch_, num_topics, samples_, Parallel(1), stats);
  double total = 0.0;
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    EXPECT_DOUBLE_EQ(stats.topic_sums[k], sums[k]);
    total += stats.topic_sums[k];
    for (std::size_t w = 0; w < batch_.num_words(); ++w) {
      EXPECT_FLOAT_EQ(stats.rows[w * stats.stride + k],
                      static_cast<float>(rows[w * num_topics + k]));
    }
  }
  EXPECT_DOUBLE_EQ(total, static_cast<double>(batch_.tokens));
}

TEST_P(ReduceSamples, ThreadsDoNotChangeABit) {
  TopicSamples copy = samples_;
  SufficientStats one;
  reduce_samples(batch_, GetParam(), samples_, Parallel(1), one);
  for (const int threads : {2, 3, 7}) {
    TopicSamples again = copy;
    SufficientStats many;
    reduce_samples(batch_, GetParam(), again, Parallel(threads), many);
    EXPECT_TRUE(std::equal(one.rows.begin(), one.rows.end(), many.rows.begin()));
    EXPECT_EQ(one.topic_sums, many.topic_sums);
  }
}

}  // namespace
}  // namespace svi_lda

#include "stats/reduce_corrected.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "local/cvb0_step.h"
#include "support/corrected_phi.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using testing::corrected_phi;
using testing::make_minibatch;
using testing::random_documents;
using testing::sparse_topics;

class ReduceCorrected : public ::testing::TestWithParam<std::uint32_t> {
 protected:
  ReduceCorrected()
      : batch_(make_minibatch(random_documents(70, 400, 90, 4), 400)),
        topics_(sparse_topics(GetParam(), 400, 0.01, 90.0, 3)) {
    const Hyperparameters hyper{std::vector<double>(GetParam(), 0.05), 0.01};
    cvb0_step(batch_, topics_, hyper, {3, 1e-3}, Parallel(1), responsibilities_);
  }
  Minibatch batch_;
  Topics topics_;
  CorrectedResponsibilities responsibilities_;
};
INSTANTIATE_TEST_SUITE_P(TopicCounts, ReduceCorrected, ::testing::Values(1, 16, 33, 100, 300));

TEST_P(ReduceCorrected, AgreesWithAddingEntryByEntry) {
  const std::uint32_t num_topics = GetParam();
  std::vector<double> rows(batch_.num_words() * num_topics, 0.0);
  std::vector<double> sums(num_topics, 0.0);
  for (std::size_t e = 0; e < batch_.num_entries(); ++e) {
    const std::vector<double> phi = corrected_phi(batch_, responsibilities_, e, num_topics);
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      rows[std::size_t{batch_.entry_word[e]} * num_topics + k] += phi[k];
      sums[k] += phi[k];
    }
  }
  SufficientStats stats;
  reduce_corrected(batch_, num_topics, responsibilities_, Parallel(1), stats);
  double total = 0.0;
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    EXPECT_NEAR(stats.topic_sums[k], sums[k], 2e-6 * sums[k]);
    total += stats.topic_sums[k];
    for (std::size_t w = 0; w < batch_.num_words(); ++w) {
      const double expected = rows[w * num_topics + k];
      EXPECT_NEAR(static_cast<double>(stats.rows[w * stats.stride + k]), expected,
                  3e-6 * expected + 1e-30);
    }
  }
  const auto tokens = static_cast<double>(batch_.tokens);
  EXPECT_NEAR(total, tokens, 1e-6 * tokens);
}

TEST_P(ReduceCorrected, ThreadsDoNotChangeABit) {
  CorrectedResponsibilities copy = responsibilities_;
  SufficientStats one;
  reduce_corrected(batch_, GetParam(), responsibilities_, Parallel(1), one);
  for (const int threads : {2, 3, 7}) {
    CorrectedResponsibilities again = copy;
    SufficientStats many;
    reduce_corrected(batch_, GetParam(), again, Parallel(threads), many);
    EXPECT_TRUE(std::equal(one.rows.begin(), one.rows.end(), many.rows.begin()));
    EXPECT_EQ(one.topic_sums, many.topic_sums);
  }
}

TEST_P(ReduceCorrected, LostTokensAreAnError) {
  for (float& ratio : responsibilities_.ratio) ratio *= 0.99f;
  SufficientStats stats;
  EXPECT_THROW(reduce_corrected(batch_, GetParam(), responsibilities_, Parallel(1), stats), Error);
}

}  // namespace
}  // namespace svi_lda

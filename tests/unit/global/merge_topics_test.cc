#include "global/merge_topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 60;
constexpr double kEta = 0.1;

double lambda(const Topics& topics, std::uint32_t w, std::uint32_t k) {
  return topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
}

TEST(MergeTopics, GivesOneWhatBothHaveAndBeginsTheOtherAnew) {
  Topics before = testing::random_topics(kTopics, kWords, 0.02, 1);
  before.shrink(0.4, kEta, Parallel(1));  // in lazy form, its offset between 0.02 and eta
  Topics topics = before;
  SampleMemory samples;
  samples.docs.resize(3);
  samples.docs[0].topics = {0, 3, 3, 1};
  samples.docs[2].topics = {3, 4};
  const std::vector<WordWeight> words = {{7, 2.0}, {9, 1.0}, {7, 1.0}};
  merge_topics(3, 1, kEta, words, 20.0, Parallel(2), topics, samples);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      double expected = lambda(before, w, k);
      if (k == 1) expected += std::max(lambda(before, w, 3) - kEta, 0.0);
      if (k == 3) expected = kEta + (w == 7 ? 15.0 : w == 9 ? 5.0 : 0.0);
      EXPECT_NEAR(lambda(topics, w, k), expected, 1e-5) << w << " " << k;
    }
  }
  const std::vector<double> sums = topics.sum_rows(Parallel(1));
  for (std::uint32_t k = 0; k < kTopics; ++k) EXPECT_NEAR(topics.row_sums()[k], sums[k], 1e-4);
  EXPECT_EQ(samples.docs[0].topics, (std::vector<std::uint16_t>{0, 1, 1, 1}));
  EXPECT_TRUE(samples.docs[1].topics.empty());
  EXPECT_EQ(samples.docs[2].topics, (std::vector<std::uint16_t>{1, 4}));
}

}  // namespace
}  // namespace svi_lda

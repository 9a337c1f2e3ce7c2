#include "eval/duplicate_topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "eval/topic_information.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 20;
constexpr std::uint32_t kWords = 500;
constexpr double kEta = 0.05;

// Topic k has the words 20 k to 20 k + 19, most of the first; all have some of the last 100.
double tokens(std::uint32_t topic, std::uint32_t word) {
  if (word >= 400) return 5.0;
  return word / 20 == topic ? 200.0 - 5.0 * (word % 20) : 0.0;
}

class Duplicates : public ::testing::Test {
 protected:
  void SetUp() override {
    for (std::uint32_t w = 0; w < kWords; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        topics_.row(w)[k] = static_cast<float>(tokens(k, w));
      }
    }
    settle();
  }
  void settle() { topics_.set_row_sums(topics_.sum_rows(Parallel(1))); }
  // Part of the tokens of `topic` are of `other` instead, which has none of its own.
  void share(std::uint32_t topic, std::uint32_t other, double part) {
    for (std::uint32_t w = 0; w < kWords; ++w) {
      const auto shared = static_cast<float>(tokens(topic, w));
      topics_.row(w)[other] = static_cast<float>(part) * shared;
      topics_.row(w)[topic] = static_cast<float>(1.0 - part) * shared;
    }
    settle();
  }
  std::vector<DuplicateTopics> found(int threads = 1) const {
    return duplicate_topics(topics_, kEta, Parallel(threads));
  }

  Topics topics_{kTopics, kWords, kEta};
};

TEST_F(Duplicates, ThereAreNoneAmongTopicsThatDiffer) { EXPECT_TRUE(found().empty()); }

TEST_F(Duplicates, AreTopicsWithTheSameWords) {
  share(3, 11, 0.5);
  share(7, 5, 0.3);
  const auto pairs = found();
  ASSERT_EQ(pairs.size(), 2u);
  std::vector<std::uint32_t> first = {pairs[0].first, pairs[1].first};
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, (std::vector<std::uint32_t>{3, 5}));
  for (const DuplicateTopics& pair : pairs) {
    EXPECT_EQ(pair.second, pair.first == 3 ? 11u : 7u);
    EXPECT_NEAR(pair.lost, 0.0, 1e-7);
  }
}

// The first words of both are the same, but what follows differs: two kinds of one thing.
TEST_F(Duplicates, AreNotTopicsThatOnlyBeginAlike) {
  for (std::uint32_t w = 0; w < 400; ++w) {
    const bool head = w >= 60 && w < 70;
    topics_.row(w)[11] = head ? 100.0f : w >= 200 && w < 300 ? 99.0f : 0.0f;
    topics_.row(w)[3] = head ? 100.0f : w >= 100 && w < 200 ? 99.0f : 0.0f;
  }
  settle();
  EXPECT_TRUE(found().empty());
}

TEST_F(Duplicates, CostWhatTheInformationFallsBy) {
  share(3, 11, 0.5);
  for (std::uint32_t w = 60; w < 80; ++w) topics_.row(w)[11] *= w % 2 == 0 ? 1.2f : 0.8f;
  settle();
  const auto pairs = found();
  ASSERT_EQ(pairs.size(), 1u);
  const double before = topic_information(topics_, kEta, Parallel(1));
  for (std::uint32_t w = 0; w < kWords; ++w) {
    topics_.row(w)[3] += topics_.row(w)[11];
    topics_.row(w)[11] = 0.0f;
  }
  settle();
  EXPECT_GT(pairs[0].lost, 1e-4);
  EXPECT_NEAR(pairs[0].lost, before - topic_information(topics_, kEta, Parallel(1)), 1e-6);
}

TEST_F(Duplicates, NoTopicStandsInTwoPairs) {
  share(3, 11, 0.5);
  for (std::uint32_t w = 0; w < kWords; ++w) topics_.row(w)[15] = topics_.row(w)[11];
  settle();
  EXPECT_EQ(found().size(), 1u);
}

// Topics that have seen no token rank all words alike.
TEST_F(Duplicates, TopicsWithoutWordsAreNone) {
  EXPECT_TRUE(duplicate_topics(Topics(kTopics, kWords, kEta), kEta, Parallel(1)).empty());
  for (std::uint32_t w = 0; w < kWords; ++w) topics_.row(w)[4] = topics_.row(w)[9] = 0.5f;
  settle();
  EXPECT_TRUE(found().empty());
}

TEST_F(Duplicates, ThreadsDoNotChangeThem) {
  share(3, 11, 0.5);
  share(7, 5, 0.3);
  const auto one = found(1);
  const auto many = found(4);
  ASSERT_EQ(one.size(), many.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].first, many[i].first);
    EXPECT_EQ(one[i].lost, many[i].lost);
  }
}

}  // namespace
}  // namespace svi_lda

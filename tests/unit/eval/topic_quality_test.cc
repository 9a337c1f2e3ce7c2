#include "eval/topic_quality.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

using TopWords = std::vector<std::vector<std::uint32_t>>;

// lambda_kw as given, topics x words.
Topics topics_of(const std::vector<std::vector<float>>& rows) {
  Topics topics(static_cast<std::uint32_t>(rows.size()),
                static_cast<std::uint32_t>(rows.front().size()), 0.0);
  for (std::uint32_t w = 0; w < rows.front().size(); ++w) {
    for (std::size_t k = 0; k < rows.size(); ++k) topics.row(w)[k] = rows[k][w];
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

TEST(TopicDiversity, IsTheShareOfDistinctWordsInTheFirstOfAllTopics) {
  const TopWords words = {{1, 2, 3, 9}, {2, 1, 4, 8}, {5, 6, 1, 7}};
  EXPECT_DOUBLE_EQ(topic_diversity(words, 3), 6.0 / 9.0);  // 1 2 3 4 5 6 of nine
  EXPECT_DOUBLE_EQ(topic_diversity(words, 2), 4.0 / 6.0);  // 1 2 5 6 of six
  EXPECT_DOUBLE_EQ(topic_diversity(words, 25), 9.0 / 12.0);
  EXPECT_EQ(topic_diversity(TopWords{}, 25), 0.0);
}

TEST(SimilarTopics, ArePairsThatShareEnoughOfTheirFirstWords) {
  const TopWords words = {
      {1, 2, 3, 4, 50}, {4, 3, 9, 1, 51}, {60, 61, 62, 63, 1}, {2, 1, 4, 3, 52}};
  const auto pairs = similar_topics(words, 4, 3);
  ASSERT_EQ(pairs.size(), 3u);
  const auto is = [&](std::size_t i, std::uint32_t first, std::uint32_t second,
                      std::size_t shared) {
    EXPECT_EQ(pairs[i].first, first);
    EXPECT_EQ(pairs[i].second, second);
    EXPECT_EQ(pairs[i].shared, shared);
  };
  is(0, 0, 1, 3);
  is(1, 0, 3, 4);
  is(2, 1, 3, 3);
  EXPECT_EQ(similar_topics(words, 4, 4).size(), 1u);
  EXPECT_EQ(similar_topics(words, 5, 1).size(), 6u);  // all have word 1
}

TEST(Exclusivity, IsTheMeanShareOfTheTopWordsThatTheTopicHas) {
  // beta: (0.5, 0.25, 0.25, 0), (0, 0.25, 0.25, 0.5): of its first two words, topic 0 has all of
  // word 0 and half of word 1.
  const Topics topics = topics_of({{2, 1, 1, 0}, {0, 10, 10, 20}});
  const auto result = exclusivity(topics, TopWords{{0, 1}, {3}});
  EXPECT_NEAR(result[0], 0.75, 1e-7);
  EXPECT_NEAR(result[1], 1.0, 1e-7);
  const Topics alike = topics_of({{1, 2, 3}, {10, 20, 30}, {2, 4, 6}});
  for (const double share : exclusivity(alike, TopWords{{2, 1}, {2, 1}, {2, 0}})) {
    EXPECT_NEAR(share, 1.0 / 3.0, 1e-7);
  }
}

TEST(DistanceFromCorpus, IsTheTotalVariation) {
  const Topics topics = topics_of({{1, 2, 3, 4}, {0, 0, 0, 5}, {4, 3, 2, 1}});
  const std::vector<std::uint64_t> counts = {10, 20, 30, 40};
  const auto distance = distance_from_corpus(topics, counts, Parallel(2));
  EXPECT_NEAR(distance[0], 0.0, 1e-7);
  EXPECT_NEAR(distance[1], 0.6, 1e-7);  // all but the 0.4 that they share
  EXPECT_NEAR(distance[2], (0.3 + 0.1 + 0.1 + 0.3) / 2.0, 1e-7);
  const auto apart = distance_from_corpus(topics_of({{0, 0, 3}}),
                                          std::vector<std::uint64_t>{1, 1, 0}, Parallel(1));
  EXPECT_NEAR(apart[0], 1.0, 1e-12);
}

TEST(DistanceFromCorpus, ThreadsDoNotChangeABit) {
  const Topics topics = testing::random_topics(7, 5000, 0.1, 4);
  std::vector<std::uint64_t> counts(5000);
  for (std::size_t w = 0; w < counts.size(); ++w) counts[w] = w % 17;
  const auto one = distance_from_corpus(topics, counts, Parallel(1));
  EXPECT_EQ(distance_from_corpus(topics, counts, Parallel(2)), one);
  EXPECT_EQ(distance_from_corpus(topics, counts, Parallel(5)), one);
}

}  // namespace
}  // namespace svi_lda

#include "output/report_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace svi_lda {
namespace {

// Topics whose lambda is given, a row a topic.
Topics topics_of(const std::vector<std::vector<double>>& lambda) {
  Topics topics(static_cast<std::uint32_t>(lambda.size()),
                static_cast<std::uint32_t>(lambda.front().size()), 0.0);
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      topics.row(w)[k] = static_cast<float>(lambda[k][w]);
    }
  }
  return topics;
}

std::vector<double> equal_weights(std::size_t count) {
  return std::vector<double>(count, 1.0 / static_cast<double>(count));
}

double between(const TopicMap& map, std::size_t i, std::size_t j) {
  return std::hypot(map.points[i].x - map.points[j].x, map.points[i].y - map.points[j].y);
}

TEST(TopicMap, DistancesAreTheRootOfJensenShannon) {
  const TopicMap map =
      topic_map(topics_of({{8, 1, 1}, {1, 1, 2}, {8, 1, 1}}), equal_weights(3), Parallel(1));
  double divergence = 0.0;
  const double p[] = {0.8, 0.1, 0.1};
  const double q[] = {0.25, 0.25, 0.5};
  for (int w = 0; w < 3; ++w) {
    const double m = 0.5 * (p[w] + q[w]);
    divergence += 0.5 * p[w] * std::log(p[w] / m) + 0.5 * q[w] * std::log(q[w] / m);
  }
  EXPECT_NEAR(map.distances[1], std::sqrt(divergence), 1e-5);
  EXPECT_NEAR(map.distances[3], std::sqrt(divergence), 1e-5);
  EXPECT_NEAR(map.distances[2], 0.0, 1e-3);
  EXPECT_EQ(map.distances[0], 0.0);
  EXPECT_EQ(map.words, 3u);
}

TEST(TopicMap, ThreeTopicsLieInThePlaneAtTheirDistances) {
  for (const std::vector<double>& weights :
       {equal_weights(3), std::vector<double>{0.7, 0.2, 0.1}, std::vector<double>{0, 0, 0}}) {
    const TopicMap map =
        topic_map(topics_of({{8, 1, 1, 2}, {1, 1, 6, 2}, {1, 9, 1, 1}}), weights, Parallel(2));
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        EXPECT_NEAR(between(map, i, j), map.distances[3 * i + j], 1e-4) << i << " " << j;
      }
    }
    EXPECT_NEAR(map.explained, 1.0, 1e-6);
  }
}

TEST(TopicMap, TopicsWithoutAWordInCommonAreAsFarAsCanBe) {
  const TopicMap map =
      topic_map(topics_of({{1, 0.00001f}, {0.00001f, 1}}), equal_weights(2), Parallel(1));
  EXPECT_NEAR(map.distances[1], std::sqrt(std::log(2.0)), 1e-3);
  EXPECT_NEAR(between(map, 0, 1), map.distances[1], 1e-6);
  EXPECT_GT(std::max(map.points[0].x, map.points[1].x), 0.0);
}

TEST(TopicMap, WeightyTopicsDecideWhatThePlaneShows) {
  // Two pairs at the same distance, and a fifth topic far from all of them, which hardly occurs.
  const std::vector<std::vector<double>> lambda = {{9, 1, 5, 5, 0.001},
                                                   {1, 9, 5, 5, 0.001},
                                                   {5, 5, 9, 1, 0.001},
                                                   {5, 5, 1, 9, 0.001},
                                                   {0.001, 0.001, 0.001, 0.001, 20}};
  const TopicMap plain = topic_map(topics_of(lambda), equal_weights(5), Parallel(1));
  const TopicMap weighted =
      topic_map(topics_of(lambda), std::vector<double>{0.25, 0.25, 0.25, 0.25, 1e-6}, Parallel(1));
  EXPECT_LT(std::min(between(plain, 0, 1), between(plain, 2, 3)), 0.1 * plain.distances[1]);
  EXPECT_NEAR(between(weighted, 0, 1), weighted.distances[1], 1e-3);
  EXPECT_NEAR(between(weighted, 2, 3), weighted.distances[2 * 5 + 3], 1e-3);
}

TEST(TopicMap, OneTopicAndEqualTopicsArePoints) {
  const TopicMap one = topic_map(topics_of({{3, 1}}), equal_weights(1), Parallel(1));
  ASSERT_EQ(one.points.size(), 1u);
  EXPECT_EQ(one.points[0].x, 0.0);
  EXPECT_EQ(one.points[0].y, 0.0);
  const TopicMap equal =
      topic_map(topics_of({{3, 1}, {3, 1}, {3, 1}}), equal_weights(3), Parallel(1));
  EXPECT_NEAR(between(equal, 0, 2), 0.0, 1e-3);
}

TEST(TopicMap, AnyNumberOfThreadsGivesTheSame) {
  std::vector<std::vector<double>> lambda(17, std::vector<double>(3000, 0.01));
  for (std::size_t k = 0; k < lambda.size(); ++k) {
    for (std::size_t w = k; w < 3000; w += k + 2) lambda[k][w] += static_cast<double>(1 + w % 7);
  }
  const TopicMap one = topic_map(topics_of(lambda), equal_weights(17), Parallel(1));
  const TopicMap three = topic_map(topics_of(lambda), equal_weights(17), Parallel(3));
  EXPECT_EQ(one.distances, three.distances);
  for (std::size_t k = 0; k < lambda.size(); ++k) EXPECT_EQ(one.points[k].x, three.points[k].x);
}

}  // namespace
}  // namespace svi_lda

#include "app/score_topics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kWords = 60;
constexpr double kEta = 0.1;

// lambda = eta + counts, topics x words; the training counts are their sums over topics.
Model model_of(const std::vector<std::vector<float>>& counts) {
  const auto num_topics = static_cast<std::uint32_t>(counts.size());
  Model model{Topics(num_topics, kWords, kEta),
              {std::vector<double>(num_topics, 0.1), kEta},
              {},
              std::vector<std::uint64_t>(kWords, 0),
              {}};
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::size_t k = 0; k < counts.size(); ++k) {
      model.topics.row(w)[k] = counts[k][w];
      model.word_counts[w] += static_cast<std::uint64_t>(counts[k][w]);
    }
  }
  model.topics.set_row_sums(model.topics.sum_rows(Parallel(1)));
  return model;
}

// Mass on words [begin, begin + 12), falling.
std::vector<float> block(std::uint32_t begin, float most) {
  std::vector<float> counts(kWords, 0.0f);
  for (std::uint32_t i = 0; i < 12; ++i) counts[begin + i] = most - static_cast<float>(i);
  return counts;
}

class ScoreTopicsTest : public ::testing::Test {
 protected:
  TopicQuality score(const Model& model, const std::vector<Document>& documents, int threads = 1,
                     bool weighted = true) {
    testing::write_uci(folder_.file("corpus"), documents, kWords);
    TopicQualityOptions options;
    options.reference = folder_.file("corpus");
    return score_topics(model, weighted, options, Parallel(threads));
  }
  TemporaryFolder folder_;
};

const std::vector<std::vector<float>> kTopics = {block(0, 40), block(20, 90), block(40, 60)};

void expect_same(const TopicFigures& a, const TopicFigures& b) {
  EXPECT_EQ(a.weight, b.weight);
  EXPECT_EQ(a.c_v, b.c_v);
  EXPECT_EQ(a.npmi, b.npmi);
  EXPECT_EQ(a.umass, b.umass);
  EXPECT_NEAR(a.exclusivity, b.exclusivity, 1e-15);
  EXPECT_EQ(a.distance_from_corpus, b.distance_from_corpus);
  EXPECT_EQ(a.words, b.words);
}

TEST_F(ScoreTopicsTest, OrderOfDocumentsThreadsAndTopicsChangeNothing) {
  std::vector<Document> documents = testing::random_documents(300, kWords, 25, 5);
  const TopicQuality first = score(model_of(kTopics), documents);
  std::reverse(documents.begin(), documents.end());
  const TopicQuality second = score(model_of({kTopics[2], kTopics[0], kTopics[1]}), documents, 3);
  ASSERT_EQ(first.topics.size(), 3u);
  // Both by falling weight: 1, 2, 0 and 2, 0, 1.
  for (std::size_t i = 0; i < 3; ++i) expect_same(first.topics[i], second.topics[i]);
  EXPECT_EQ(first.topics[0].topic, 1u);
  EXPECT_EQ(second.topics[0].topic, 2u);
  EXPECT_NEAR(first.c_v, second.c_v, 1e-15);
  EXPECT_NEAR(first.umass, second.umass, 1e-15);
  EXPECT_EQ(first.windows, 300u);
  EXPECT_EQ(first.top, 10u);
  EXPECT_EQ(first.diversity, second.diversity);
}

TEST_F(ScoreTopicsTest, MeansAreThoseOfTheTopicsThatHaveFigures) {
  // Only words below 32 in the reference: topic 2 has none of them.
  std::vector<Document> documents = testing::random_documents(300, 32, 25, 5);
  const TopicQuality quality = score(model_of(kTopics), documents);
  EXPECT_EQ(quality.absent, 10u);
  EXPECT_EQ(quality.topics[1].absent, 10u);
  EXPECT_TRUE(std::isnan(quality.topics[1].c_v));
  EXPECT_DOUBLE_EQ(quality.npmi, (quality.topics[0].npmi + quality.topics[2].npmi) / 2.0);
}

TEST_F(ScoreTopicsTest, FindsDuplicateAndDeadTopics) {
  std::vector<float> copy = block(0, 35);
  std::swap(copy[0], copy[11]);  // shares nine of the first ten
  std::vector<float> background(kWords);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    background[w] = 3.0f * (kTopics[0][w] + kTopics[1][w] + kTopics[2][w] + copy[w]);
  }
  const Model model = model_of(
      {kTopics[0], kTopics[1], kTopics[2], copy, std::vector<float>(kWords, 0.0f), background});
  const TopicQuality quality = score(model, testing::random_documents(200, kWords, 25, 5));
  // 0 and 3; and the background, whose first words are those of the largest topic, 1. Not topic 4,
  // which has no words of its own.
  EXPECT_EQ(quality.duplicate_pairs, 2u);
  EXPECT_EQ(quality.duplicates, 4u);
  EXPECT_EQ(quality.dead, 2u);
  for (const TopicFigures& topic : quality.topics) {
    EXPECT_EQ(topic.dead, topic.topic == 4 ? "no weight" : topic.topic == 5 ? "is the corpus" : "");
    constexpr std::uint32_t kNone = 99;
    constexpr std::uint32_t kLike[] = {3, 5, kNone, 0, kNone, 1};
    EXPECT_EQ(topic.like, kLike[topic.topic] == kNone
                              ? std::vector<std::uint32_t>{}
                              : std::vector<std::uint32_t>{kLike[topic.topic]});
  }
}

TEST_F(ScoreTopicsTest, WithoutWeightsThereAreNone) {
  const TopicQuality quality =
      score(model_of(kTopics), testing::random_documents(50, kWords, 25, 5), 1, false);
  for (const TopicFigures& topic : quality.topics) {
    EXPECT_TRUE(std::isnan(topic.weight));
    EXPECT_EQ(topic.dead, "");
  }
}

TEST_F(ScoreTopicsTest, AReferenceWithoutAWordOfTheModelIsAnError) {
  Model model = model_of(kTopics);
  model.hyper.eta = 0.0;
  // Words from 52 on are in no topic.
  const std::vector<Document> documents = {testing::make_document({{55, 2}, {57, 1}})};
  EXPECT_NO_THROW(score(model_of(kTopics), documents));
  Topics zero(1, kWords, 0.0);
  zero.row(0)[0] = 1.0f;
  zero.set_row_sums(zero.sum_rows(Parallel(1)));
  model.topics = zero;
  EXPECT_THROW(score(model, documents), Error);
}

}  // namespace
}  // namespace svi_lda

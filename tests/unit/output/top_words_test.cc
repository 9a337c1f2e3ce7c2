#include "output/top_words.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/random.h"
#include "model/hyperparameters.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Topics with M = `m`, word by word, s = 1.
Topics topics_of(const std::vector<std::vector<float>>& m, double eta) {
  Topics topics(static_cast<std::uint32_t>(m[0].size()), static_cast<std::uint32_t>(m.size()), eta);
  for (std::uint32_t w = 0; w < m.size(); ++w) {
    std::copy(m[w].begin(), m[w].end(), topics.row(w));
  }
  return topics;
}

std::vector<std::string> words_of(const TopicSummary& topic) {
  std::vector<std::string> words;
  for (const TopWord& word : topic.words) words.push_back(word.word);
  return words;
}

std::vector<std::uint32_t> ids_of(const std::vector<TopicSummary>& topics) {
  std::vector<std::uint32_t> ids;
  for (const TopicSummary& topic : topics) ids.push_back(topic.topic);
  return ids;
}

TEST(TopWords, OrdersTopicsByWeightAndWordsByProbability) {
  const Topics topics = topics_of({{1, 2, 0}, {3, 0, 0}, {0, 4, 0}, {2, 0, 5}}, 0.25);
  const Vocabulary vocabulary({"ant", "bee", "cat", "dog"});
  const auto summaries = top_words(topics, {{}, 0.25}, vocabulary, 2);
  EXPECT_THAT(ids_of(summaries), ElementsAre(0, 1, 2));
  EXPECT_DOUBLE_EQ(summaries[0].weight, 6.0 / 17);
  EXPECT_DOUBLE_EQ(summaries[1].weight, 6.0 / 17);
  EXPECT_DOUBLE_EQ(summaries[2].weight, 5.0 / 17);
  EXPECT_THAT(words_of(summaries[0]), ElementsAre("bee", "dog"));
  EXPECT_THAT(words_of(summaries[1]), ElementsAre("cat", "ant"));
  EXPECT_THAT(words_of(summaries[2]), ElementsAre("dog", "ant"));  // a tie goes to the smaller id
  EXPECT_DOUBLE_EQ(summaries[0].words[0].probability, 3.25 / 7);
  EXPECT_DOUBLE_EQ(summaries[2].words[1].probability, 0.25 / 6);
}

TEST(TopWords, HeavierTopicsComeFirst) {
  const auto summaries = top_words(topics_of({{1, 3, 2, 3}}, 0.5), {{}, 0.5}, {}, 1);
  EXPECT_THAT(ids_of(summaries), ElementsAre(1, 3, 2, 0));
}

TEST(TopWords, WithoutAVocabularyWordsAreIds) {
  const auto summaries = top_words(topics_of({{1}, {2}, {3}}, 0.5), {{}, 0.5}, {}, 2);
  EXPECT_THAT(words_of(summaries[0]), ElementsAre("2", "1"));
}

TEST(TopWords, AskingForMoreWordsThanThereAreGivesAll) {
  const auto all = top_words(topics_of({{1}, {1}, {1}}, 0.5), {{}, 0.5}, {}, 4000000000u);
  EXPECT_THAT(words_of(all[0]), ElementsAre("0", "1", "2"));
  EXPECT_THAT(top_words(topics_of({{1}, {1}}, 0.5), {{}, 0.5}, {}, 0)[0].words, IsEmpty());
}

TEST(TopWords, TopicsThatSawNothingWeighNothing) {
  // eta rounded to float times V is not V eta; the weight is exactly 0 all the same.
  const auto summaries = top_words(Topics(3, 1000, 0.01), {{}, 0.01}, {}, 1);
  EXPECT_THAT(ids_of(summaries), ElementsAre(0, 1, 2));
  for (const TopicSummary& topic : summaries) {
    EXPECT_EQ(topic.weight, 0.0);
    EXPECT_NEAR(topic.words[0].probability, 1e-3, 1e-15);
  }
  // Below eta (a start may be) counts as nothing too.
  const auto below = top_words(topics_of({{-0.1f, 1}, {0, 0}}, 0.5), {{}, 0.5}, {}, 1);
  EXPECT_THAT(ids_of(below), ElementsAre(1, 0));
  EXPECT_EQ(below[0].weight, 1.0);
  EXPECT_EQ(below[1].weight, 0.0);
}

TEST(TopWords, AgreesWithSortingEverything) {
  const std::uint32_t vocab_size = 500;
  TrainingState state = sample_state(7, vocab_size);
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    // Few distinct values: many ties.
    for (std::uint32_t k = 0; k < 7; ++k)
      state.topics.row(w)[k] = std::round(8 * state.topics.row(w)[k]);
  }
  const auto summaries = top_words(state.topics, state.hyper, {}, 40);
  std::vector<float> lambda(7);
  double weight = 0.0;
  for (const TopicSummary& topic : summaries) {
    std::vector<float> of_topic;
    for (std::uint32_t w = 0; w < vocab_size; ++w) {
      state.topics.lambda_row(w, lambda.data());
      of_topic.push_back(lambda[topic.topic]);
    }
    const double sum = std::accumulate(of_topic.begin(), of_topic.end(), 0.0);
    std::vector<std::uint32_t> order(vocab_size);
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return of_topic[a] > of_topic[b]; });
    ASSERT_EQ(topic.words.size(), 40u);
    for (std::size_t i = 0; i < topic.words.size(); ++i) {
      EXPECT_EQ(topic.words[i].word, std::to_string(order[i]));
      EXPECT_DOUBLE_EQ(topic.words[i].probability, static_cast<double>(of_topic[order[i]]) / sum);
    }
    weight += topic.weight;
  }
  EXPECT_NEAR(weight, 1.0, 1e-12);
}

}  // namespace
}  // namespace svi_lda

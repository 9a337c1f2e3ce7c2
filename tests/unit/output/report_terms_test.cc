#include "output/report_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/random.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// A model of pseudo-random lambdas, and counts of which each seventh is 0.
struct Sample {
  Topics topics;
  std::vector<std::uint64_t> counts;
  std::vector<double> weights;

  Sample(std::uint32_t num_topics, std::uint32_t vocab_size)
      : topics(num_topics, vocab_size, 0.01), weights(num_topics, 1.0 / num_topics) {
    std::uint64_t bits = 7;
    for (std::uint32_t w = 0; w < vocab_size; ++w) {
      counts.push_back(w % 7 == 6 ? 0 : 1 + (bits = mix64(bits)) % 1000);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        bits = mix64(bits);
        topics.row(w)[k] = static_cast<float>(std::pow(static_cast<double>(bits % 1000) / 400, 6));
      }
    }
  }
  ReportTerms terms(int threads = 2) const {
    return report_terms(topics, weights, counts, {}, Parallel(threads));
  }
};

double lambda_at(const Topics& topics, std::uint32_t k, std::uint32_t w) {
  return topics.eta_bar() + topics.scale() * topics.row(w)[k];
}

TEST(ReportTerms, HoldsTheMostRelevantWordsForEveryWeightOfTheTwoParts) {
  const Sample sample(3, 2000);
  const ReportTerms terms = sample.terms();
  EXPECT_EQ(terms.terms_a_topic, 30u);
  const double tokens = std::accumulate(sample.counts.begin(), sample.counts.end(), 0.0);
  for (std::uint32_t k = 0; k < 3; ++k) {
    std::set<std::uint32_t> kept;
    for (const ReportTerm& term : terms.terms[k]) kept.insert(terms.words[term.word].id);
    double sum = 0.0;
    for (std::uint32_t w = 0; w < 2000; ++w) sum += lambda_at(sample.topics, k, w);
    for (const double l : {0.0, 0.35, 0.6, 1.0}) {
      std::vector<std::pair<double, std::uint32_t>> relevance;
      for (std::uint32_t w = 0; w < 2000; ++w) {
        if (sample.counts[w] == 0) continue;
        const double p = lambda_at(sample.topics, k, w) / sum;
        const double lift = p / (static_cast<double>(sample.counts[w]) / tokens);
        relevance.emplace_back(-(l * std::log(p) + (1.0 - l) * std::log(lift)), w);
      }
      std::sort(relevance.begin(), relevance.end());
      for (std::size_t i = 0; i < 30; ++i) {
        EXPECT_TRUE(kept.count(relevance[i].second)) << k << " " << l << " " << i;
      }
    }
    EXPECT_LT(kept.size(), 200u);
  }
}

TEST(ReportTerms, ProbabilitiesFallAndSharesOfAWordAddUp) {
  const Sample sample(5, 500);
  const ReportTerms terms = sample.terms();
  for (const auto& topic : terms.terms) {
    for (std::size_t i = 1; i < topic.size(); ++i) {
      EXPECT_GE(topic[i - 1].probability, topic[i].probability);
    }
  }
  for (const ReportWord& word : terms.words) {
    EXPECT_GT(word.count, 0u);
    double shares = 0.0;
    for (const TermUse& use : word.topics) shares += use.share;
    // Each of the five topics is named unless it has less than a hundredth.
    EXPECT_GT(shares, 0.95);
    EXPECT_LE(shares, 1.0 + 1e-9);
  }
}

TEST(ReportTerms, AWordOfOneTopicIsThatTopics) {
  Topics topics(2, 3, 1e-6);
  topics.row(0)[0] = 100.0f;
  topics.row(1)[1] = 300.0f;
  topics.row(2)[0] = 50.0f;
  topics.row(2)[1] = 150.0f;
  const std::vector<double> weights = {0.25, 0.75};
  const ReportTerms terms = report_terms(topics, weights, {100, 300, 200},
                                         Vocabulary({"left", "right", "both"}), Parallel(1));
  ASSERT_THAT(terms.words, SizeIs(3));
  EXPECT_EQ(terms.words[0].text, "left");
  ASSERT_THAT(terms.words[0].topics, SizeIs(1));
  EXPECT_EQ(terms.words[0].topics[0].topic, 0u);
  ASSERT_THAT(terms.words[2].topics, SizeIs(2));
  // p(k|w) = weight_k p(w|k) / Sum: 0.75 / 3 against 0.25 / 3.
  EXPECT_EQ(terms.words[2].topics[0].topic, 1u);
  EXPECT_NEAR(terms.words[2].topics[0].share, 0.75, 1e-6);
}

TEST(ReportTerms, ManyTopicsHaveFewerTermsAndThreadsChangeNothing) {
  const Sample sample(1000, 300);
  const ReportTerms one = sample.terms(1);
  const ReportTerms three = sample.terms(3);
  EXPECT_EQ(one.terms_a_topic, 15u);
  ASSERT_EQ(one.words.size(), three.words.size());
  for (std::size_t k = 0; k < 1000; ++k) {
    ASSERT_EQ(one.terms[k].size(), three.terms[k].size());
    EXPECT_LT(one.terms[k].size(), 150u);
  }
  for (const ReportWord& word : one.words) EXPECT_LE(word.topics.size(), kMostTopicsOfTerm);
}

TEST(ReportTerms, TextIsClippedBetweenCharacters) {
  EXPECT_EQ(clipped("short", 5), "short");
  EXPECT_EQ(clipped("shorter", 5), "short\xe2\x80\xa6");
  EXPECT_EQ(clipped("\xe6\xb0\xb4\xe6\xb0\xb4\xe6\xb0\xb4", 2),
            "\xe6\xb0\xb4\xe6\xb0\xb4\xe2\x80\xa6");
  EXPECT_EQ(clipped("", 0), "");
}

}  // namespace
}  // namespace svi_lda

#include "eval/completion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "eval/ratio_estimate.h"
#include "eval/unigram.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_document;
using testing::random_documents;
using testing::random_topics;

RatioEstimate score(const Topics& topics, const Hyperparameters& hyper,
                    const std::vector<Document>& documents, int threads = 1) {
  CompletionScorer scorer(topics, hyper, 100, 1e-4, 1);
  std::vector<CompletionScorer::Score> scores;
  std::vector<Document> held_out;
  scorer.score(documents, 1, Parallel(threads), scores, held_out);
  RatioEstimate estimate;
  for (const auto& s : scores) estimate.add(s.log_likelihood, s.tokens);
  return estimate;
}

TEST(CompletionSplit, DividesEveryTokenAndObservesTheLargerHalf) {
  for (const Document& document : random_documents(200, 50, 41, 1)) {
    Document observed;
    Document held_out;
    split_for_completion(document.view(), 1, observed, held_out);
    EXPECT_EQ(observed.view().tokens(), (document.view().tokens() + 1) / 2);
    std::map<std::uint32_t, std::uint32_t> sum;
    for (const Document* half : {&observed, &held_out}) {
      for (std::size_t i = 0; i < half->words.size(); ++i) sum[half->words[i]] += half->counts[i];
    }
    EXPECT_EQ(make_document(sum).words, document.words);
    EXPECT_EQ(make_document(sum).counts, document.counts);
  }
}

TEST(CompletionSplit, DependsOnContentAndSeedAlone) {
  const Document document = make_document({{1, 7}, {5, 2}, {9, 30}});
  Document a;
  Document b;
  Document held_out;
  split_for_completion(document.view(), 1, a, held_out);
  split_for_completion(make_document({{1, 7}, {5, 2}, {9, 30}}).view(), 1, b, held_out);
  EXPECT_EQ(a.counts, b.counts);
  int different = 0;
  for (std::uint64_t seed = 2; seed < 12; ++seed) {
    split_for_completion(document.view(), seed, b, held_out);
    different += a.counts != b.counts;
  }
  EXPECT_GT(different, 5);
}

TEST(CompletionSplit, GivesEveryTokenTheSameChance) {
  // Word 1 of {1: 1, ...other words} lands in the observed half with probability ceil(N/2)/N.
  int observed_first = 0;
  const int rounds = 4000;
  for (int seed = 0; seed < rounds; ++seed) {
    Document observed;
    Document held_out;
    split_for_completion(make_document({{1, 1}, {2, 4}, {3, 4}}).view(),
                         static_cast<std::uint64_t>(seed), observed, held_out);
    observed_first += !observed.words.empty() && observed.words.front() == 1;
  }
  const double p = 5.0 / 9.0;
  EXPECT_NEAR(observed_first, rounds * p, 4.5 * std::sqrt(rounds * p * (1 - p)));
}

TEST(Completion, ConstantTopicsScoreTheVocabularySize) {
  for (const std::uint32_t vocab : {2u, 97u, 12917u}) {
    const Topics topics(37, vocab, 0.37);
    const Hyperparameters hyper{std::vector<double>(37, 0.1), 0.37};
    const RatioEstimate estimate = score(topics, hyper, random_documents(40, vocab, 60, 3));
    EXPECT_NEAR(estimate.perplexity(), vocab, 1e-6 * vocab);
  }
}

TEST(Completion, OneTopicIsAUnigramModel) {
  const Topics topics = random_topics(1, 60, 0.1, 4);
  const Hyperparameters hyper{{0.5}, 0.1};
  const auto documents = random_documents(30, 60, 50, 5);
  double log_likelihood = 0.0;
  double tokens = 0.0;
  float lambda = 0.0f;
  for (const Document& document : documents) {
    Document observed;
    Document held_out;
    split_for_completion(document.view(), 1, observed, held_out);
    for (std::size_t i = 0; i < held_out.words.size(); ++i) {
      topics.lambda_row(held_out.words[i], &lambda);
      log_likelihood +=
          held_out.counts[i] * std::log(static_cast<double>(lambda) / topics.row_sums()[0]);
      tokens += held_out.counts[i];
    }
  }
  EXPECT_NEAR(score(topics, hyper, documents).nats_per_token(), -log_likelihood / tokens, 1e-6);
}

TEST(Completion, DoublingPermutingAndThreadsChangeNothing) {
  const Topics topics = random_topics(20, 150, 0.1, 6);
  const Hyperparameters hyper{std::vector<double>(20, 0.1), 0.1};
  auto documents = random_documents(80, 150, 70, 7);
  const double once = score(topics, hyper, documents).perplexity();
  EXPECT_EQ(score(topics, hyper, documents, 3).perplexity(), once);
  auto twice = documents;
  twice.insert(twice.end(), documents.begin(), documents.end());
  EXPECT_NEAR(score(topics, hyper, twice).perplexity(), once, 1e-9 * once);
  std::reverse(documents.begin(), documents.end());
  EXPECT_NEAR(score(topics, hyper, documents).perplexity(), once, 1e-9 * once);
}

TEST(RatioEstimate, WeighsByTokensAndGivesTheRatioEstimatorsError) {
  RatioEstimate estimate;
  estimate.add(-10.0, 4);
  estimate.add(-3.0, 2);
  estimate.add(-8.0, 3);
  estimate.add(0.0, 0);  // nothing scored: no document
  EXPECT_EQ(estimate.docs(), 3u);
  EXPECT_EQ(estimate.tokens(), 9u);
  const double ratio = 21.0 / 9.0;
  EXPECT_DOUBLE_EQ(estimate.nats_per_token(), ratio);
  EXPECT_DOUBLE_EQ(estimate.perplexity(), std::exp(ratio));
  double squares = 0.0;
  const double l[] = {-10, -3, -8};
  const double n[] = {4, 2, 3};
  for (int i = 0; i < 3; ++i) squares += (l[i] + ratio * n[i]) * (l[i] + ratio * n[i]);
  EXPECT_NEAR(estimate.standard_error_nats(), std::sqrt(squares * 1.5) / 9.0, 1e-12);
}

TEST(RatioEstimate, StandardErrorCoversTheSpreadOfSamples) {
  // 400 samples of 50 documents each: the spread of their ratios is what the error claims.
  RandomStream random = testing::test_stream(31);
  std::vector<double> ratios;
  double claimed = 0.0;
  for (int sample = 0; sample < 400; ++sample) {
    RatioEstimate estimate;
    for (int d = 0; d < 50; ++d) {
      const auto tokens = 5 + random.below(40);
      estimate.add(-static_cast<double>(tokens) * (7.0 + random.normal()), tokens);
    }
    ratios.push_back(estimate.nats_per_token());
    claimed += estimate.standard_error_nats() / 400.0;
  }
  double mean = 0.0;
  for (const double r : ratios) mean += r / 400.0;
  double variance = 0.0;
  for (const double r : ratios) variance += (r - mean) * (r - mean) / 399.0;
  EXPECT_NEAR(claimed / std::sqrt(variance), 1.0, 0.12);
}

TEST(Unigram, AddsOneToEveryWord) {
  const Unigram unigram({3, 0, 7});
  EXPECT_DOUBLE_EQ(unigram.log_probability(0), std::log(4.0 / 13.0));
  EXPECT_DOUBLE_EQ(unigram.log_probability(1), std::log(1.0 / 13.0));
  EXPECT_NEAR(unigram.log_likelihood(make_document({{0, 2}, {2, 1}}).view()),
              2.0 * std::log(4.0 / 13.0) + std::log(8.0 / 13.0), 1e-14);
}

}  // namespace
}  // namespace svi_lda

#include "global/eta_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "global/fit_dirichlet.h"
#include "math/digamma.h"
#include "support/maximize.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

const std::vector<double> kPlanted = {0.02, 0.4, 0.1, 0.05, 1.0, 0.2};
constexpr std::uint32_t kVocab = 6;

// Topics that each hold `tokens` words of their own beta_k ~ Dir(kPlanted), above an offset of
// `eta`, at a scale below 1.
struct Drawn {
  Topics topics;
  std::vector<std::vector<double>> counts;  // [K][V]
};

Drawn draw(std::uint32_t num_topics, int tokens, double eta, std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  Drawn drawn{Topics(num_topics, kVocab, eta), {}};
  drawn.topics.restore(0.5, eta, {});
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    const std::vector<double> logs = testing::draw_log_dirichlet(kPlanted, random);
    std::vector<double>& counts = drawn.counts.emplace_back(kVocab, 0.0);
    for (int i = 0; i < tokens; ++i) {
      double left = random.uniform();
      std::uint32_t w = 0;
      while (w + 1 < kVocab && (left -= std::exp(logs[w])) > 0.0) ++w;
      counts[w] += 1.0;
    }
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      drawn.topics.row(w)[k] = static_cast<float>(2.0 * counts[w]);
    }
  }
  drawn.topics.set_row_sums(drawn.topics.sum_rows(Parallel(1)));
  return drawn;
}

// log p of the counts under the Polya distribution, up to a constant, from how often each count of
// a word occurs; with log eta of each word where a Gamma(2, 0) prior stands before it.
class LogLikelihood {
 public:
  LogLikelihood(const std::vector<std::vector<double>>& counts, bool with_prior)
      : with_prior_(with_prior), num_topics_(static_cast<double>(counts.size())) {
    tokens_ = std::accumulate(counts.front().begin(), counts.front().end(), 0.0);
    for (const std::vector<double>& of_topic : counts) {
      for (std::size_t w = 0; w < of_topic.size(); ++w) ++times_[{w, of_topic[w]}];
    }
  }
  double operator()(const std::vector<double>& eta) const {
    const double total = std::accumulate(eta.begin(), eta.end(), 0.0);
    double value = num_topics_ * (std::lgamma(total) - std::lgamma(total + tokens_));
    for (const auto& [of, times] : times_) {
      value += times * (std::lgamma(eta[of.first] + of.second) - std::lgamma(eta[of.first]));
    }
    for (const double e : eta) value += with_prior_ ? std::log(e) : 0.0;
    return value;
  }

 private:
  bool with_prior_;
  double num_topics_;
  double tokens_;  // of a topic
  std::map<std::pair<std::size_t, double>, double> times_;
};

std::vector<double> words_of(const Hyperparameters& hyper) {
  return hyper.eta_words.empty() ? std::vector<double>(kVocab, hyper.eta) : hyper.eta_words;
}

Hyperparameters learn_to_the_end(const Drawn& drawn, EtaLearning learning) {
  Hyperparameters hyper{{}, 0.1};
  const bool with_prior = learning == EtaLearning::kAsymmetric;
  const LogLikelihood log_likelihood(drawn.counts, with_prior);
  double before = log_likelihood(words_of(hyper));
  for (int i = 0; i < 300; ++i) {
    learn_eta(drawn.topics, learning, TopicCounts::kExact, Parallel(2), hyper);
    const double now = log_likelihood(words_of(hyper));
    EXPECT_GE(now, before - 1e-10 * std::abs(before)) << "Minka's bound, iteration " << i;
    before = now;
  }
  return hyper;
}

TEST(EtaStep, OneForEachWordIsWhatASlowSearchFindsAndThePlantedValues) {
  const Drawn drawn = draw(3000, 40, 0.3, 1);
  const std::vector<double> eta = words_of(learn_to_the_end(drawn, EtaLearning::kAsymmetric));
  const std::vector<double> slow =
      testing::maximize(LogLikelihood(drawn.counts, true), std::vector<double>(kVocab, 0.1), 60);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    EXPECT_NEAR(eta[w], slow[w], 1e-3 * slow[w]) << w;
    EXPECT_NEAR(eta[w], kPlanted[w], 0.1 * kPlanted[w]) << w;
  }
}

TEST(EtaStep, OneForAllIsTheBestOfThem) {
  const Drawn drawn = draw(300, 25, 0.02, 2);
  const Hyperparameters hyper = learn_to_the_end(drawn, EtaLearning::kSymmetric);
  EXPECT_TRUE(hyper.eta_words.empty());
  const LogLikelihood log_likelihood(drawn.counts, false);
  const std::vector<double> slow = testing::maximize(
      [&](const std::vector<double>& e) {
        return log_likelihood(std::vector<double>(kVocab, e[0]));
      },
      {0.1});
  EXPECT_NEAR(hyper.eta, slow[0], 1e-3 * slow[0]);
}

// Counts that are sums of chances: with half a token of every word in every topic, on average, the
// exact form says that topics are alike; the expected one, that nothing is known of that.
TEST(EtaStep, SharesOfTokensAreNotTakenForTokens) {
  Drawn drawn = draw(200, 30, 0.1, 3);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < 200; ++k) drawn.topics.row(w)[k] += 0.2f;
  }
  drawn.topics.set_row_sums(drawn.topics.sum_rows(Parallel(1)));
  Hyperparameters exact{{}, 0.1};
  Hyperparameters expected{{}, 0.1};
  for (int i = 0; i < 300; ++i) {
    const Parallel parallel(1);
    learn_eta(drawn.topics, EtaLearning::kSymmetric, TopicCounts::kExact, parallel, exact);
    learn_eta(drawn.topics, EtaLearning::kSymmetric, TopicCounts::kExpected, parallel, expected);
  }
  const double plain = learn_to_the_end(draw(200, 30, 0.1, 3), EtaLearning::kSymmetric).eta;
  EXPECT_GT(exact.eta, 1.5 * plain);
  EXPECT_LT(std::abs(std::log(expected.eta / plain)), 0.5 * std::log(exact.eta / plain));
}

TEST(EtaStep, AWordThatNoTopicHasKeepsSomeOfIt) {
  Drawn drawn = draw(50, 30, 0.1, 4);
  for (std::uint32_t k = 0; k < 50; ++k) drawn.topics.row(2)[k] = 0.0f;
  drawn.topics.set_row_sums(drawn.topics.sum_rows(Parallel(1)));
  Hyperparameters hyper{{}, 0.1};
  for (int i = 0; i < 500; ++i) {
    learn_eta(drawn.topics, EtaLearning::kAsymmetric, TopicCounts::kExact, Parallel(1), hyper);
  }
  EXPECT_GT(hyper.eta_words[2], 1e-3);
  for (const std::uint32_t w : {0u, 1u, 3u, 4u, 5u}) {
    EXPECT_LT(hyper.eta_words[2], hyper.eta_words[w]);
  }
}

TEST(EtaStep, WhatSeededWordsAreGivenDoesNotCount) {
  const Drawn plain = draw(40, 30, 0.1, 5);
  Drawn seeded = draw(40, 30, 0.1, 5);
  Hyperparameters of_seeded{{}, 0.1, {{1, 7, 3000.0}, {4, 0, 500.0}}};
  for (const SeededWord& seed : of_seeded.seeds) {
    seeded.topics.row(seed.word)[seed.topic] += static_cast<float>(2.0 * seed.extra);
  }
  seeded.topics.set_row_sums(seeded.topics.sum_rows(Parallel(1)));
  Hyperparameters of_plain{{}, 0.1};
  learn_eta(plain.topics, EtaLearning::kAsymmetric, TopicCounts::kExact, Parallel(1), of_plain);
  learn_eta(seeded.topics, EtaLearning::kAsymmetric, TopicCounts::kExact, Parallel(1), of_seeded);
  // The two cells tell little now: all of the other 38 topics still count.
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    EXPECT_NEAR(of_seeded.eta_words[w], of_plain.eta_words[w], 0.12 * of_plain.eta_words[w]) << w;
  }
}

TEST(EtaStep, ThreadsDoNotChangeABit) {
  const Drawn drawn = draw(77, 30, 0.1, 6);
  for (const EtaLearning learning : {EtaLearning::kSymmetric, EtaLearning::kAsymmetric}) {
    Hyperparameters one{{}, 0.1};
    learn_eta(drawn.topics, learning, TopicCounts::kExpected, Parallel(1), one);
    for (const int threads : {2, 3, 7}) {
      Hyperparameters other{{}, 0.1};
      learn_eta(drawn.topics, learning, TopicCounts::kExpected, Parallel(threads), other);
      EXPECT_EQ(other.eta, one.eta);
      EXPECT_EQ(other.eta_words, one.eta_words);
    }
  }
}

TEST(EtaStep, FixedEtaAndEmptyTopicsAreLeftAlone) {
  const Drawn drawn = draw(10, 30, 0.1, 7);
  Hyperparameters hyper{{}, 0.1};
  learn_eta(drawn.topics, EtaLearning::kNone, TopicCounts::kExact, Parallel(1), hyper);
  EXPECT_EQ(hyper.eta, 0.1);
  learn_eta(Topics(10, kVocab, 0.1), EtaLearning::kAsymmetric, TopicCounts::kExact, Parallel(1),
            hyper);
  EXPECT_EQ(hyper.eta, 0.1);
  EXPECT_TRUE(hyper.eta_words.empty());
}

TEST(EtaStep, IsDueEveryHundredStepsFromTheTwoHundredthOn) {
  for (const std::uint64_t step : {1, 100, 199, 201, 250}) EXPECT_FALSE(eta_is_due(step)) << step;
  for (const std::uint64_t step : {200, 300, 1000}) EXPECT_TRUE(eta_is_due(step)) << step;
}

}  // namespace
}  // namespace svi_lda

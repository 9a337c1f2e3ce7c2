#include "global/alpha_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
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

constexpr std::uint32_t kTopics = 6;
constexpr double kNoPrior = std::numeric_limits<double>::infinity();  // of documents
const std::vector<double> kPlanted = {0.05, 0.4, 0.1, 0.02, 1.0, 0.2};

// Documents whose tokens are one entry each, with `kept` samples of their topics, each by a theta
// of its own from Dir(alpha): what the sampled local step leaves, were it right.
struct Sampled {
  Minibatch batch;
  TopicSamples samples;
  std::vector<std::vector<std::uint32_t>> counts;  // [documents * kept][K]
};

Sampled draw(const std::vector<double>& alpha, int docs, std::size_t kept, std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  Sampled out;
  std::vector<Document> documents;
  out.samples.kept = kept;
  out.samples.entry_begin = {0};
  for (int d = 0; d < docs; ++d) {
    const auto words = 1 + static_cast<std::uint32_t>(random.below(20));
    const auto each = 1 + static_cast<std::uint32_t>(random.below(4));
    std::map<std::uint32_t, std::uint32_t> document;
    for (std::uint32_t w = 0; w < words; ++w) document[w] = each;
    documents.push_back(testing::make_document(document));
    std::vector<std::vector<double>> logs;
    for (std::size_t s = 0; s < kept; ++s) {
      logs.push_back(testing::draw_log_dirichlet(alpha, random));
      out.counts.emplace_back(alpha.size(), 0);
    }
    for (std::uint32_t w = 0; w < words; ++w) {
      for (std::size_t s = 0; s < kept; ++s) {
        for (std::uint32_t c = 0; c < each; ++c) {
          double left = random.uniform();
          std::uint32_t k = 0;
          while (k + 1 < alpha.size() && (left -= std::exp(logs[s][k])) > 0.0) ++k;
          out.samples.topics.push_back(k);
          ++out.counts[out.counts.size() - kept + s][k];
        }
      }
      out.samples.entry_begin.push_back(out.samples.entry_begin.back() + each);
    }
  }
  out.batch = testing::make_minibatch(documents, 20);
  return out;
}

// log p of the counts under the Polya distribution, a document and sample, up to a constant: from
// how often each count of each topic, and each length, occurs.
class PolyaObjective {
 public:
  explicit PolyaObjective(const Sampled& sampled) : draws_(sampled.counts.size()) {
    for (const auto& counts : sampled.counts) {
      for (std::size_t k = 0; k < counts.size(); ++k) ++topics_[{k, counts[k]}];
      ++lengths_[std::accumulate(counts.begin(), counts.end(), 0u)];
    }
  }
  double operator()(const std::vector<double>& alpha) const {
    const double total = std::accumulate(alpha.begin(), alpha.end(), 0.0);
    double value = 0.0;
    for (const auto& [of, times] : topics_) {
      value += times * (std::lgamma(of.second + alpha[of.first]) - std::lgamma(alpha[of.first]));
    }
    for (const auto& [length, times] : lengths_) {
      value -= times * (std::lgamma(length + total) - std::lgamma(total));
    }
    return value / static_cast<double>(draws_);
  }

 private:
  std::size_t draws_;
  std::map<std::pair<std::size_t, std::uint32_t>, double> topics_;
  std::map<std::uint32_t, double> lengths_;
};

std::vector<double> learn_to_the_end(const Sampled& sampled, AlphaLearning learning,
                                     std::vector<double> alpha) {
  const PolyaObjective objective(sampled);
  double before = objective(alpha);
  for (int i = 0; i < 500; ++i) {
    AlphaMemory memory;
    learn_alpha(sampled.batch, sampled.samples, kNoPrior, 1.0, learning, true, Parallel(2), memory,
                alpha);
    const double now = objective(alpha);
    EXPECT_GE(now, before - 1e-12 * std::abs(before)) << "Minka's bound, iteration " << i;
    before = now;
  }
  return alpha;
}

TEST(AlphaStep, SampledCountsGiveWhatASlowSearchFindsAndThePlantedValues) {
  const Sampled sampled = draw(kPlanted, 1500, 2, 3);
  const std::vector<double> start(kTopics, 0.1);
  const std::vector<double> alpha = learn_to_the_end(sampled, AlphaLearning::kAsymmetric, start);
  const PolyaObjective objective(sampled);
  const std::vector<double> slow = testing::maximize(objective, start);
  EXPECT_GE(objective(alpha), objective(slow) - 1e-9);
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(alpha[k], slow[k], 1e-3 * slow[k]);
    EXPECT_NEAR(alpha[k], kPlanted[k], 0.15 * kPlanted[k]);
  }
}

TEST(AlphaStep, SymmetricKeepsAllEqualAndFindsTheBestOfThem) {
  const Sampled sampled = draw(kPlanted, 400, 3, 4);
  const std::vector<double> alpha =
      learn_to_the_end(sampled, AlphaLearning::kSymmetric, std::vector<double>(kTopics, 0.1));
  const PolyaObjective objective(sampled);
  const std::vector<double> slow = testing::maximize(
      [&](const std::vector<double>& a) { return objective(std::vector<double>(kTopics, a[0])); },
      {0.1});
  for (const double a : alpha) {
    EXPECT_EQ(a, alpha.front());
    EXPECT_NEAR(a, slow[0], 1e-3 * slow[0]);
  }
}

// A minibatch's gamma, [docs x stride].
std::vector<float> gammas(std::size_t docs, std::size_t stride, std::uint64_t seed) {
  RandomStream random = testing::test_stream(seed);
  std::vector<float> gamma(docs * stride);
  for (float& g : gamma) g = static_cast<float>(std::exp(8.0 * random.uniform() - 4.0));
  return gamma;
}

TEST(AlphaStep, MeanLogThetaIsThatOfThePlainLoop) {
  const std::size_t stride = 16;
  const std::vector<float> gamma = gammas(301, stride, 5);
  std::vector<double> expected(kTopics, 0.0);
  for (std::size_t d = 0; d < 301; ++d) {
    const double total =
        std::accumulate(gamma.begin() + static_cast<long>(d * stride),
                        gamma.begin() + static_cast<long>(d * stride + kTopics), 0.0);
    for (std::size_t k = 0; k < kTopics; ++k) {
      expected[k] += (digamma(double{gamma[d * stride + k]}) - digamma(total)) / 301.0;
    }
  }
  const std::vector<double> mean = mean_log_theta(gamma, stride, kTopics, Parallel(1));
  for (std::size_t k = 0; k < kTopics; ++k) EXPECT_NEAR(mean[k], expected[k], 1e-12);
  for (const int threads : {2, 7}) {
    EXPECT_EQ(mean_log_theta(gamma, stride, kTopics, Parallel(threads)), mean);
  }
}

TEST(AlphaStep, StatisticsAreBlendedAndAlphaMovesByTheStepSize) {
  const Parallel parallel(2);
  const std::vector<float> first = gammas(40, 16, 6);
  const std::vector<float> second = gammas(50, 16, 7);
  AlphaMemory memory;
  std::vector<double> alpha(kTopics, 0.1);
  learn_alpha(first, 16, 0.5, AlphaLearning::kAsymmetric, false, parallel, memory, alpha);
  EXPECT_EQ(alpha, std::vector<double>(kTopics, 0.1)) << "may not change yet";
  const std::vector<double> of_first = mean_log_theta(first, 16, kTopics, parallel);
  EXPECT_EQ(memory.logs, of_first);
  learn_alpha(second, 16, 0.25, AlphaLearning::kAsymmetric, true, parallel, memory, alpha);
  const std::vector<double> of_second = mean_log_theta(second, 16, kTopics, parallel);
  std::vector<double> mean(kTopics);
  for (std::size_t k = 0; k < kTopics; ++k) mean[k] = 0.75 * of_first[k] + 0.25 * of_second[k];
  const std::vector<double> best = fit_dirichlet(mean, false, std::vector<double>(kTopics, 0.1));
  for (std::size_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(memory.logs[k], mean[k], 1e-12 * std::abs(mean[k]));
    EXPECT_NEAR(alpha[k], std::pow(0.1, 0.75) * std::pow(best[k], 0.25), 1e-9);
  }
}

TEST(AlphaStep, SampledStatisticsAreBlendedToo) {
  const Parallel parallel(2);
  const Sampled first = draw(kPlanted, 60, 2, 8);
  const Sampled second = draw(kPlanted, 80, 2, 9);
  AlphaMemory memory;
  AlphaMemory of_second;
  std::vector<double> alpha(kTopics, 0.1);
  learn_alpha(first.batch, first.samples, kNoPrior, 0.5, AlphaLearning::kAsymmetric, false,
              parallel, memory, alpha);
  learn_alpha(second.batch, second.samples, kNoPrior, 0.5, AlphaLearning::kAsymmetric, false,
              parallel, of_second, alpha);
  EXPECT_EQ(alpha, std::vector<double>(kTopics, 0.1));
  const AlphaMemory of_first = memory;
  learn_alpha(second.batch, second.samples, kNoPrior, 0.25, AlphaLearning::kAsymmetric, true,
              parallel, memory, alpha);
  const double strength = 0.75 * of_first.strength + 0.25 * of_second.strength;
  EXPECT_NEAR(memory.strength, strength, 1e-12);
  for (std::size_t k = 0; k < kTopics; ++k) {
    const double share = 0.75 * of_first.shares[k] + 0.25 * of_second.shares[k];
    EXPECT_NEAR(memory.shares[k], share, 1e-12);
    EXPECT_NEAR(alpha[k], std::pow(0.1, 0.75) * std::pow(share / strength, 0.25), 1e-9);
  }
}

TEST(AlphaStep, ATopicThatNoDocumentHoldsGoesToTheLeastAlpha) {
  const Sampled sampled = draw({0.5, 0.5}, 50, 1, 10);
  AlphaMemory memory;
  std::vector<double> alpha(3, 0.1);
  learn_alpha(sampled.batch, sampled.samples, kNoPrior, 1.0, AlphaLearning::kAsymmetric, true,
              Parallel(1), memory, alpha);
  EXPECT_DOUBLE_EQ(alpha[2], kLeastAlpha);
}

TEST(AlphaStep, ThePriorKeepsATopicThatNoDocumentHolds) {
  const Sampled sampled = draw({0.5, 0.5}, 50, 1, 10);
  AlphaMemory memory;
  std::vector<double> alpha(3, 0.1);
  learn_alpha(sampled.batch, sampled.samples, 200.0, 1.0, AlphaLearning::kAsymmetric, true,
              Parallel(1), memory, alpha);
  EXPECT_DOUBLE_EQ(alpha[2], 1.0 / 200.0 / memory.strength);
}

// Of four topics the two that no document holds keep a quarter of an equal part, and the others
// have what asymmetric alpha says of them.
TEST(AlphaStep, SharesKeepTheSumAndStarveNoTopic) {
  const Sampled sampled = draw({0.5, 0.2}, 400, 2, 10);
  AlphaMemory memory;
  std::vector<double> free(4, 0.3);
  learn_alpha(sampled.batch, sampled.samples, kNoPrior, 1.0, AlphaLearning::kAsymmetric, true,
              Parallel(1), memory, free);
  for (const double rho : {1.0, 0.25}) {
    memory = {};
    std::vector<double> alpha(4, 0.3);
    learn_alpha(sampled.batch, sampled.samples, kNoPrior, rho, AlphaLearning::kShares, false,
                Parallel(1), memory, alpha);
    EXPECT_EQ(alpha, std::vector<double>(4, 0.3));
    EXPECT_TRUE(memory.shares.empty()) << "nothing is remembered of when alpha may not change";
    learn_alpha(sampled.batch, sampled.samples, kNoPrior, rho, AlphaLearning::kShares, true,
                Parallel(1), memory, alpha);
    EXPECT_NEAR(std::accumulate(alpha.begin(), alpha.end(), 0.0), 1.2, 1e-12);
    const double found = free[0] + free[1] + free[2] + free[3];
    for (std::size_t k = 0; k < 4; ++k) {
      const double target = 0.25 * 0.3 + 0.75 * 1.2 * free[k] / found;
      EXPECT_NEAR(alpha[k], (1.0 - rho) * 0.3 + rho * target, 1e-9) << "topic " << k;
    }
    EXPECT_GT(alpha[0], alpha[1]);
  }
}

TEST(AlphaStep, SharesOfASum) {
  EXPECT_EQ(shares_of_sum(8.0, {1.0, 0.0, 2.0, 0.0}), (std::vector<double>{2.5, 0.5, 4.5, 0.5}));
}

TEST(AlphaStep, OneTopicKeepsItsAlpha) {
  const Sampled sampled = draw({0.5}, 50, 1, 15);
  AlphaMemory memory;
  std::vector<double> alpha(1, 0.1);
  learn_alpha(sampled.batch, sampled.samples, 50.0, 1.0, AlphaLearning::kAsymmetric, true,
              Parallel(1), memory, alpha);
  EXPECT_EQ(alpha, std::vector<double>{0.1});
}

// gamma of documents whose tokens have chances of each topic, drawn by theta_d ~ Dir(kPlanted)
// where `known` of a token's mass is its topic's and the rest is spread over all.
std::vector<float> gammas_of_chances(double known, std::size_t docs, std::size_t stride,
                                     const std::vector<double>& alpha) {
  RandomStream random = testing::test_stream(16);
  std::vector<float> gamma(docs * stride, 0.0f);
  for (std::size_t d = 0; d < docs; ++d) {
    const std::vector<double> logs = testing::draw_log_dirichlet(kPlanted, random);
    std::vector<double> mean(kTopics, 0.0);
    for (int i = 0; i < 30; ++i) {
      double left = random.uniform();
      std::uint32_t k = 0;
      while (k + 1 < kTopics && (left -= std::exp(logs[k])) > 0.0) ++k;
      mean[k] += known;
      for (double& m : mean) m += (1.0 - known) / kTopics;
    }
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      gamma[d * stride + k] = static_cast<float>(alpha[k] + mean[k]);
    }
  }
  return gamma;
}

TEST(AlphaStep, CountsThatAreCertainGiveThePlantedValues) {
  std::vector<double> alpha(kTopics, 0.1);
  for (int i = 0; i < 200; ++i) {
    AlphaMemory memory;
    learn_alpha_from_counts(gammas_of_chances(1.0, 2000, 16, alpha), 16, kNoPrior, 1.0,
                            AlphaLearning::kAsymmetric, true, Parallel(2), memory, alpha);
  }
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    // Counts of one or two tokens are taken for Poisson counts of that mean, some of them 0.
    EXPECT_NEAR(alpha[k], kPlanted[k], 0.35 * kPlanted[k]) << k;
  }
}

TEST(AlphaStep, AChanceIsNotTakenForAShareOfEveryDocument) {
  std::vector<double> by_counts(kTopics, 0.1);
  std::vector<double> by_logs(kTopics, 0.1);
  for (int i = 0; i < 200; ++i) {
    AlphaMemory memory;
    AlphaMemory other;
    learn_alpha_from_counts(gammas_of_chances(0.96, 1000, 16, by_counts), 16, kNoPrior, 1.0,
                            AlphaLearning::kSymmetric, true, Parallel(2), memory, by_counts);
    learn_alpha(gammas_of_chances(0.96, 1000, 16, by_logs), 16, 1.0, AlphaLearning::kSymmetric,
                true, Parallel(2), other, by_logs);
  }
  EXPECT_GT(by_logs.front(), 1.3 * by_counts.front());
}

TEST(AlphaStep, ThreadsDoNotChangeABit) {
  const Sampled sampled = draw(kPlanted, 333, 3, 11);
  const std::vector<float> gamma = gammas(333, 16, 12);
  std::vector<double> one;
  for (const int threads : {1, 2, 7}) {
    AlphaMemory memory;
    std::vector<double> alpha(kTopics, 0.1);
    const Parallel parallel(threads);
    learn_alpha(sampled.batch, sampled.samples, kNoPrior, 0.3, AlphaLearning::kAsymmetric, true,
                parallel, memory, alpha);
    learn_alpha(gamma, 16, 0.3, AlphaLearning::kAsymmetric, true, parallel, memory, alpha);
    AlphaMemory of_counts;
    learn_alpha_from_counts(gamma, 16, 300.0, 0.3, AlphaLearning::kAsymmetric, true, parallel,
                            of_counts, alpha);
    if (threads == 1) one = alpha;
    EXPECT_EQ(alpha, one) << threads << " threads";
  }
}

TEST(AlphaStep, FixedAlphaIsLeftAlone) {
  const Sampled sampled = draw(kPlanted, 20, 1, 13);
  AlphaMemory memory;
  std::vector<double> alpha(kTopics, 0.1);
  learn_alpha(sampled.batch, sampled.samples, kNoPrior, 1.0, AlphaLearning::kNone, true,
              Parallel(1), memory, alpha);
  learn_alpha(gammas(20, 16, 14), 16, 1.0, AlphaLearning::kNone, true, Parallel(1), memory, alpha);
  EXPECT_EQ(alpha, std::vector<double>(kTopics, 0.1));
  EXPECT_TRUE(memory.logs.empty());
  EXPECT_TRUE(memory.shares.empty());
}

TEST(AlphaStep, WaitsForTheSecondPassOrTwoHundredSteps) {
  EXPECT_FALSE(alpha_may_change(1, 0));
  EXPECT_FALSE(alpha_may_change(200, 0));
  EXPECT_TRUE(alpha_may_change(201, 0));
  EXPECT_TRUE(alpha_may_change(2, 1));
}

}  // namespace
}  // namespace svi_lda

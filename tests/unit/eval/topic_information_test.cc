#include "eval/topic_information.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr double kEta = 0.02;

// Topics that have counted n_kw = count(w, k).
template <typename Count>
Topics counted(std::uint32_t num_topics, std::uint32_t vocab_size, Count count) {
  Topics topics(num_topics, vocab_size, kEta);
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      topics.row(w)[k] = static_cast<float>(count(w, k));
    }
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

// Sum_k p_k KL(beta_k || Sum_j p_j beta_j), written out.
double written_out(const Topics& topics) {
  const std::uint32_t num_topics = topics.num_topics();
  std::vector<double> sums(num_topics, 0.0);
  double total = 0.0;
  const auto count = [&](std::uint32_t w, std::uint32_t k) {
    return std::max(
        topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]) - kEta, 0.0);
  };
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    for (std::uint32_t k = 0; k < num_topics; ++k) sums[k] += count(w, k);
  }
  for (const double sum : sums) total += sum;
  double information = 0.0;
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    double of_word = 0.0;
    for (std::uint32_t k = 0; k < num_topics; ++k) of_word += count(w, k) / total;
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      const double p = count(w, k) / total;
      if (p > 0.0) information += p * std::log(p / (of_word * sums[k] / total));
    }
  }
  return information;
}

TEST(TopicInformation, IsZeroWhereTopicsAreAlike) {
  // Of any sizes, one without a word.
  const Topics alike =
      counted(19, 3000, [](std::uint32_t w, std::uint32_t k) { return 1000.0 * k / (1.0 + w); });
  EXPECT_NEAR(topic_information(alike, kEta, Parallel(2)), 0.0, 1e-6);
  EXPECT_EQ(topic_information(Topics(5, 40, kEta), kEta, Parallel(2)), 0.0) << "no counts";
}

TEST(TopicInformation, IsLogKWhereTopicsShareNoWord) {
  const Topics apart = counted(16, 2000, [](std::uint32_t w, std::uint32_t k) {
    return w < 1600 && w % 16 == k ? 7.0 : 0.0;
  });
  EXPECT_NEAR(topic_information(apart, kEta, Parallel(2)), std::log(16.0), 1e-6);
}

TEST(TopicInformation, IsTheDivergenceWrittenOut) {
  for (const std::uint32_t num_topics : {1u, 2u, 40u}) {
    const Topics random = testing::random_topics(num_topics, 2500, kEta, 4);
    const double expected = written_out(random);
    EXPECT_NEAR(topic_information(random, kEta, Parallel(3)), expected, 1e-5) << num_topics;
    const Topics sparse = testing::sparse_topics(num_topics, 2500, kEta, 30.0, 5);
    EXPECT_NEAR(topic_information(sparse, kEta, Parallel(3)), written_out(sparse), 1e-5);
  }
}

TEST(TopicInformation, ThreadsDoNotChangeABit) {
  const Topics topics = testing::random_topics(33, 5000, kEta, 4);
  const double one = topic_information(topics, kEta, Parallel(1));
  for (const int threads : {2, 7}) {
    EXPECT_EQ(topic_information(topics, kEta, Parallel(threads)), one);
  }
}

}  // namespace
}  // namespace svi_lda

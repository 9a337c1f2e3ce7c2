#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "corpus/document.h"
#include "model/topics.h"

namespace svi_lda::testing {

using TopicWordTable = std::vector<std::vector<double>>;  // [K][V]

inline TopicWordTable lambda_table(const Topics& topics) {
  TopicWordTable lambda(topics.num_topics(), std::vector<double>(topics.vocab_size()));
  std::vector<float> row(topics.num_topics());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, row.data());
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      lambda[k][w] = static_cast<double>(row[k]);
    }
  }
  return lambda;
}

// E[beta_kw].
inline TopicWordTable mean_beta(const Topics& topics) {
  TopicWordTable beta = lambda_table(topics);
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    for (double& x : beta[k]) x /= topics.row_sums()[k];
  }
  return beta;
}

// log p(w_d | alpha, beta) in nats, by every assignment z of the tokens: Sum_z Prod_n beta_{z_n
// w_n} p(z | alpha), the Dirichlet-multinomial token by token. K^N terms.
inline double exact_log_likelihood(const Document& document, const std::vector<double>& alpha,
                                   const TopicWordTable& beta) {
  std::vector<std::uint32_t> tokens;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    tokens.insert(tokens.end(), document.counts[i], document.words[i]);
  }
  double alpha_sum = 0.0;
  for (const double a : alpha) alpha_sum += a;
  std::vector<double> count = alpha;
  const auto sum_from = [&](const auto& self, std::size_t n) -> double {
    if (n == tokens.size()) return 1.0;
    double sum = 0.0;
    for (std::size_t k = 0; k < alpha.size(); ++k) {
      const double p = count[k] / (alpha_sum + static_cast<double>(n)) * beta[k][tokens[n]];
      count[k] += 1.0;
      sum += p * self(self, n + 1);
      count[k] -= 1.0;
    }
    return sum;
  };
  return std::log(sum_from(sum_from, 0));
}

// A model small enough to enumerate, and a document.
struct TinyCase {
  std::uint32_t num_topics;
  std::uint32_t vocab_size;
  std::vector<double> alpha;
  Document document;
};

// K <= 3, V <= 5, at most 8 tokens; sparse and wide alpha, even and uneven.
inline std::vector<TinyCase> tiny_cases() {
  return {{2, 3, {0.5, 0.5}, {{0, 2}, {1, 2}}},
          {2, 4, {0.05, 0.05}, {{0, 1, 3}, {2, 3, 2}}},
          {3, 5, {0.1, 0.1, 0.1}, {{0, 1, 2, 3, 4}, {2, 1, 2, 1, 2}}},
          {3, 5, {0.02, 0.3, 1.5}, {{1, 4}, {4, 4}}},
          {3, 5, {0.02, 0.02, 0.02}, {{2, 4}, {1, 3}}},
          {3, 2, {2.0, 2.0, 2.0}, {{0, 1}, {5, 3}}},
          {1, 3, {0.7}, {{0, 2}, {3, 1}}}};
}

// Topics of a tiny case: lambda from 0.02 to 12. Most words nearly tell their topic; word 4 says
// nothing, so that particles part ways on it and the next word decides between them.
inline Topics tiny_topics(const TinyCase& tiny) {
  Topics topics(tiny.num_topics, tiny.vocab_size, 0.02);
  for (std::uint32_t w = 0; w < tiny.vocab_size; ++w) {
    for (std::uint32_t k = 0; k < tiny.num_topics; ++k) {
      const float little = 0.3f * static_cast<float>((w * 7 + k * 5) % 4);
      topics.row(w)[k] = w == 4 ? 6.0f : (w + k) % 3 == 0 ? 12.0f : little;
    }
  }
  topics.set_row_sums(topics.sum_rows(Parallel(1)));
  return topics;
}

// Mean of ratios to what they estimate, in standard errors from 1.
inline double standard_errors_from_one(const std::vector<double>& ratios) {
  const auto n = static_cast<double>(ratios.size());
  double mean = 0.0;
  for (const double r : ratios) mean += r / n;
  double squares = 0.0;
  for (const double r : ratios) squares += (r - mean) * (r - mean);
  return (mean - 1.0) / std::max(std::sqrt(squares / (n * (n - 1.0))), 1e-7);
}

// How far the mean of an estimator's likelihoods (not of their logs) is from the enumerated one, in
// standard errors over 3,000 seeds. `estimate(seed)` gives DocumentEstimates of `tiny` alone.
template <typename Estimate>
double bias_in_standard_errors(const TinyCase& tiny, Estimate estimate) {
  const double exact =
      exact_log_likelihood(tiny.document, tiny.alpha, mean_beta(tiny_topics(tiny)));
  std::vector<double> ratios;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    ratios.push_back(std::exp(estimate(seed).log_likelihood[0] - exact));
  }
  return standard_errors_from_one(ratios);
}

// What an estimator claims to vary by, over how much its logs vary between 1,500 seeds.
template <typename Estimate>
double claimed_over_seen_variance(Estimate estimate) {
  constexpr int kSeeds = 1500;
  double claimed = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const auto one = estimate(seed);
    claimed += one.variance[0] / kSeeds;
    sum += one.log_likelihood[0];
    squares += one.log_likelihood[0] * one.log_likelihood[0];
  }
  return claimed / ((squares - sum * sum / kSeeds) / (kSeeds - 1));
}

// Two-sided error level of a single one of these tests: 1e-5. All draws are seeded, so that what
// passes once passes always.
inline constexpr double kMostStandardErrors = 4.42;

}  // namespace svi_lda::testing

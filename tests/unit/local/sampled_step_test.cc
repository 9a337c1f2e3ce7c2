#include "local/sampled_step.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_document;
using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;

TopicSamples run(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                 const SampledStepOptions& options, std::uint64_t step = 1, int threads = 1) {
  TopicSamples samples;
  sampled_step(batch, topics, hyper, options, step, Parallel(threads), samples);
  return samples;
}

// p(z | w) of a document with the topics fixed at E[beta], by enumeration of all K^N assignments:
// prod_n E[beta_{w_n z_n}] prod_k Gamma(N_k + alpha_k).
std::vector<double> posterior(const std::vector<std::uint32_t>& words, const Topics& topics,
                              const std::vector<double>& alpha) {
  const std::uint32_t num_topics = topics.num_topics();
  std::size_t states = 1;
  for (std::size_t n = 0; n < words.size(); ++n) states *= num_topics;
  std::vector<float> lambda(num_topics);
  std::vector<double> p(states);
  for (std::size_t state = 0; state < states; ++state) {
    std::vector<double> counts(num_topics, 0.0);
    double log_p = 0.0;
    std::size_t rest = state;
    for (const std::uint32_t w : words) {
      const std::size_t k = rest % num_topics;
      rest /= num_topics;
      topics.lambda_row(w, lambda.data());
      log_p += std::log(static_cast<double>(lambda[k]) / topics.row_sums()[k]);
      counts[k] += 1.0;
    }
    for (std::uint32_t k = 0; k < num_topics; ++k) log_p += std::lgamma(counts[k] + alpha[k]);
    p[state] = std::exp(log_p);
  }
  const double sum = std::accumulate(p.begin(), p.end(), 0.0);
  for (double& value : p) value /= sum;
  return p;
}

// Where every word is as likely under every topic, the posterior is the prior: a Polya urn, in
// which E[Sum_k N_k (N_k - 1)] = N (N - 1) (alpha + 1) / (K alpha + 1). Documents come to use more
// topics than one, two and four vectors hold, and more than any.
TEST(SampledStep, DocumentsOfManyTopicsFollowThePolyaUrn) {
  constexpr std::uint32_t kTokens = 300;
  constexpr std::uint32_t kDocs = 400;
  for (const std::uint32_t num_topics : {6u, 14u, 28u, 60u, 300u}) {
    for (const double alpha : {0.05, 0.5, 5.0}) {
      Topics topics(num_topics, 3, 1.0);
      topics.set_row_sums(topics.sum_rows(Parallel(1)));
      const Hyperparameters hyper{std::vector<double>(num_topics, alpha), 1.0};
      const std::vector<Document> documents(kDocs, make_document({{0, 200}, {2, kTokens - 200}}));
      const Minibatch batch = make_minibatch(documents, 3);
      constexpr std::size_t kKept = 2;
      const TopicSamples samples = run(batch, topics, hyper, {4, kKept, 11}, 1, 2);
      double sum = 0.0;
      double squares = 0.0;
      for (std::uint32_t d = 0; d < kDocs; ++d) {
        // The last sample alone: the others of a document are not independent of it.
        std::vector<double> counts(num_topics, 0.0);
        for (std::uint32_t e = batch.doc_begin[d]; e < batch.doc_begin[d + 1]; ++e) {
          const std::uint64_t tokens = samples.entry_begin[e + 1] - samples.entry_begin[e];
          const std::uint64_t last = kKept * samples.entry_begin[e] + (kKept - 1) * tokens;
          for (std::uint64_t i = last; i < last + tokens; ++i) {
            ASSERT_LT(samples.topics[i], num_topics);
            counts[samples.topics[i]] += 1.0;
          }
        }
        double pairs = 0.0;
        for (const double n : counts) pairs += n * (n - 1.0);
        sum += pairs;
        squares += pairs * pairs;
      }
      const double mean = sum / kDocs;
      const double error = std::sqrt((squares / kDocs - mean * mean) / kDocs);
      const double expected =
          kTokens * (kTokens - 1.0) * (alpha + 1.0) / (num_topics * alpha + 1.0);
      EXPECT_NEAR(mean, expected, 4.5 * error) << num_topics << " topics, alpha " << alpha;
    }
  }
}

// Chains of many equal documents, long enough to have forgotten their start, against the posterior.
TEST(SampledStep, LongChainsFollowTheEnumeratedPosterior) {
  constexpr std::size_t kChains = 60000;
  const Topics topics = random_topics(3, 4, 0.5, 7);
  const Hyperparameters hyper{{0.3, 0.7, 0.1}, 0.5};
  const std::vector<std::uint32_t> words{0, 1, 1, 3};
  const Minibatch batch =
      make_minibatch(std::vector<Document>(kChains, make_document({{0, 1}, {1, 2}, {3, 1}})), 4);
  const std::vector<double> expected = posterior(words, topics, hyper.alpha);
  const TopicSamples samples = run(batch, topics, hyper, {40, 1, 11});
  std::vector<double> seen(expected.size(), 0.0);
  for (std::size_t chain = 0; chain < kChains; ++chain) {
    std::size_t state = 0;
    for (std::size_t n = words.size(); n > 0; --n) {
      state = state * 3 + samples.topics[chain * words.size() + n - 1];
    }
    seen[state] += 1.0;
  }
  double chi_square = 0.0;
  for (std::size_t state = 0; state < expected.size(); ++state) {
    const double mean = expected[state] * kChains;
    ASSERT_GT(mean, 5.0);  // or the statistic has another distribution
    chi_square += (seen[state] - mean) * (seen[state] - mean) / mean;
  }
  const boost::math::chi_squared distribution(static_cast<double>(expected.size() - 1));
  EXPECT_LT(chi_square, quantile(distribution, 0.9999));
}

// A document of one token: the first draw is already from the posterior alpha_k E[beta_kw].
TEST(SampledStep, OneTokenIsDrawnFromItsPosteriorAtOnce) {
  constexpr std::size_t kDocs = 40000;
  constexpr std::uint32_t kTopics = 37;
  const Topics topics = random_topics(kTopics, 5, 0.2, 3);
  Hyperparameters hyper{std::vector<double>(kTopics), 0.2};
  for (std::uint32_t k = 0; k < kTopics; ++k) hyper.alpha[k] = 0.05 * (1.0 + k % 4);
  const Minibatch batch = make_minibatch(std::vector<Document>(kDocs, make_document({{2, 1}})), 5);
  const std::vector<double> expected = posterior({2}, topics, hyper.alpha);
  const TopicSamples samples = run(batch, topics, hyper, {1, 1, 5});
  std::vector<double> seen(kTopics, 0.0);
  for (const std::uint32_t k : samples.topics) seen.at(k) += 1.0;
  double chi_square = 0.0;
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    const double mean = expected[k] * kDocs;
    chi_square += (seen[k] - mean) * (seen[k] - mean) / mean;
  }
  EXPECT_LT(chi_square, quantile(boost::math::chi_squared(kTopics - 1.0), 0.9999));
}

TEST(SampledStep, ThreadsDoNotChangeASample) {
  const Topics topics = sparse_topics(100, 300, 0.01, 50.0, 2);
  const Hyperparameters hyper{std::vector<double>(100, 0.05), 0.01};
  const Minibatch batch = make_minibatch(random_documents(60, 300, 120, 8), 300);
  const TopicSamples one = run(batch, topics, hyper, {6, 3, 1}, 9, 1);
  for (const int threads : {2, 3, 7}) {
    const TopicSamples many = run(batch, topics, hyper, {6, 3, 1}, 9, threads);
    EXPECT_EQ(one.topics, many.topics);
    EXPECT_EQ(one.rows, many.rows);
  }
  EXPECT_NE(one.topics, run(batch, topics, hyper, {6, 3, 1}, 10).topics);
  EXPECT_NE(one.topics, run(batch, topics, hyper, {6, 3, 2}, 9).topics);
}

TEST(SampledStep, DocumentsDoNotDependOnTheirNeighbours) {
  const Topics topics = sparse_topics(40, 200, 0.01, 50.0, 2);
  const Hyperparameters hyper{std::vector<double>(40, 0.05), 0.01};
  std::vector<Document> documents = random_documents(12, 200, 80, 8);
  const Minibatch together = make_minibatch(documents, 200);
  const TopicSamples all = run(together, topics, hyper, {5, 2, 1});
  documents.resize(5);
  const TopicSamples few = run(make_minibatch(documents, 200), topics, hyper, {5, 2, 1});
  EXPECT_TRUE(std::equal(few.topics.begin(), few.topics.end(), all.topics.begin()));
}

// A topic that can hold no word of the document but one must still be found by that one.
TEST(SampledStep, EveryTopicIsInRange) {
  for (const std::uint32_t num_topics : {1u, 15u, 16u, 17u, 200u}) {
    const Topics topics = sparse_topics(num_topics, 100, 1e-6, 1000.0, 4);
    const Hyperparameters hyper{std::vector<double>(num_topics, 1e-6), 1e-6};
    const Minibatch batch = make_minibatch(random_documents(40, 100, 60, 5), 100);
    for (const std::uint32_t k : run(batch, topics, hyper, {4, 4, 3}).topics) {
      ASSERT_LT(k, num_topics);
    }
  }
}

}  // namespace
}  // namespace svi_lda

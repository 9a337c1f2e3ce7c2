#include "eval/corpus_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "local/local_step.h"
#include "math/digamma.h"
#include "math/dirichlet.h"
#include "stats/reduce.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;

// n phi of every entry, [entries][K].
std::vector<std::vector<double>> explicit_phi(const Minibatch& batch, const Responsibilities& from,
                                              std::uint32_t num_topics) {
  std::vector<std::vector<double>> phi(batch.num_entries(), std::vector<double>(num_topics));
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        phi[e][k] = static_cast<double>(from.ratio[e]) *
                    static_cast<double>(from.etheta[doc * from.stride + k]) *
                    static_cast<double>(from.rows[batch.entry_word[e] * from.stride + k]);
      }
    }
  }
  for (std::size_t slot = 0; slot < from.slow_entry.size(); ++slot) {
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      phi[from.slow_entry[slot]][k] = static_cast<double>(from.slow_phi[slot * from.stride + k]);
    }
  }
  return phi;
}

// The bound with every expectation written out, in double (Blei, Ng, Jordan 2003, appendix A.3,
// with q(beta) = Dir(lambda)).
double written_out(const Minibatch& batch, const std::vector<std::vector<double>>& phi,
                   const Responsibilities& from, const Topics& topics,
                   const Hyperparameters& hyper) {
  const std::uint32_t num_topics = topics.num_topics();
  const auto lambda = [&](std::uint32_t w, std::uint32_t k) {
    return topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
  };
  std::vector<double> log_sum(num_topics);
  double bound = 0.0;
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    std::vector<double> column(topics.vocab_size());
    double sum = 0.0;
    for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) sum += column[w] = lambda(w, k);
    log_sum[k] = digamma(sum);
    bound -= dirichlet_kl(column, std::vector<double>(topics.vocab_size(), hyper.eta));
  }
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    std::vector<double> gamma(num_topics);
    double total = 0.0;
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      total += gamma[k] = static_cast<double>(from.gamma[doc * from.stride + k]);
    }
    bound -= dirichlet_kl(gamma, hyper.alpha);
    for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        if (phi[e][k] == 0.0) continue;
        const double elogtheta = digamma(gamma[k]) - digamma(total);
        const double elogbeta = digamma(lambda(batch.words[batch.entry_word[e]], k)) - log_sum[k];
        bound += phi[e][k] * (elogtheta + elogbeta -
                              std::log(phi[e][k] / static_cast<double>(batch.entry_count[e])));
      }
    }
  }
  return bound;
}

struct Case {
  Topics topics;
  double alpha;
  bool goes_slow;
};

// The parts of minibatches and topics, at lambda = eta + Sum sstats, are the bound written out,
// also where entries went to log space.
TEST(CorpusBound, IsTheSumOfAllExpectations) {
  const std::uint32_t vocab_size = 90;
  const double eta = 0.02;
  const Case cases[] = {{random_topics(5, vocab_size, eta, 1), 0.4, false},
                        {random_topics(30, vocab_size, eta, 2), 0.05, false},
                        {sparse_topics(60, vocab_size, 1e-3, 40.0, 3), 0.001, false},
                        {testing::clashing_topics(500, vocab_size, 0.01), 0.01, true}};
  const Parallel parallel(2);
  for (const Case& one : cases) {
    const Topics& before = one.topics;
    const std::uint32_t num_topics = before.num_topics();
    const Hyperparameters hyper{std::vector<double>(num_topics, one.alpha), eta};
    for (const int iterations : {1, 3, 50}) {
      auto documents = random_documents(25, vocab_size, 70, 9);
      // Of topic 0 of clashing_topics, but for its first word.
      documents.push_back(testing::make_document({{0, 1}, {1, 30}, {2, 30}, {3, 30}, {4, 30}}));
      const Minibatch batch = make_minibatch(documents, vocab_size);
      Responsibilities responsibilities;
      local_step(batch, before, hyper, {LocalMethod::kVb, iterations, 1e-3}, parallel,
                 responsibilities);
      // The first iteration starts with the same gamma for all topics, where nothing underflows.
      EXPECT_EQ(!responsibilities.slow_entry.empty(), one.goes_slow && iterations > 1);
      const auto phi = explicit_phi(batch, responsibilities, num_topics);
      SufficientStats stats;
      reduce(batch, num_topics, responsibilities, parallel, stats);
      Topics after(num_topics, vocab_size, eta);
      for (std::size_t i = 0; i < batch.num_words(); ++i) {
        std::copy_n(stats.rows.data() + i * stats.stride, num_topics, after.row(batch.words[i]));
      }
      after.set_row_sums(after.sum_rows(parallel));
      const double expected = written_out(batch, phi, responsibilities, after, hyper);
      const double bound =
          documents_bound(batch, responsibilities, stats, before, hyper, parallel) +
          topics_bound(after, hyper, parallel);
      EXPECT_NEAR(bound, expected, 1e-6 * std::abs(expected))
          << "K = " << num_topics << ", " << iterations << " iterations";
      // The same for another alpha that gamma follows.
      Hyperparameters other = hyper;
      for (std::uint32_t k = 0; k < num_topics; ++k) other.alpha[k] *= 0.5 + 0.1 * (k % 17);
      std::vector<float> gamma;
      Responsibilities followed = responsibilities;
      for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
        float* row = followed.gamma.data() + doc * followed.stride;
        gamma.insert(gamma.end(), row, row + num_topics);
        for (std::uint32_t k = 0; k < num_topics; ++k) {
          row[k] = gamma_for_alpha(row[k], hyper.alpha[k], other.alpha[k]);
        }
      }
      const double rise = alpha_bound(gamma, hyper.alpha, other.alpha, parallel) -
                          alpha_bound(gamma, hyper.alpha, hyper.alpha, parallel);
      EXPECT_NEAR(bound + rise, written_out(batch, phi, followed, after, other),
                  1e-6 * std::abs(expected));
      for (const int threads : {1, 3}) {
        const Parallel others(threads);
        EXPECT_EQ(alpha_bound(gamma, hyper.alpha, other.alpha, others),
                  alpha_bound(gamma, hyper.alpha, other.alpha, parallel));
        EXPECT_EQ(documents_bound(batch, responsibilities, stats, before, hyper, others) +
                      topics_bound(after, hyper, others),
                  bound)
            << threads << " threads";
      }
    }
  }
}

// Each topic's normalizers written out, with a prior of its own for seeded words.
TEST(CorpusBound, TakesThePriorOfSeededWords) {
  constexpr std::uint32_t kTopics = 9;
  constexpr std::uint32_t kVocab = 150;
  const Hyperparameters hyper{std::vector<double>(kTopics, 0.1),
                              0.04,
                              {{0, 2, 30.0}, {3, 0, 1e-3}, {3, 8, 2.5}, {149, 2, 4000.0}}};
  const Topics topics = random_topics(kTopics, kVocab, hyper.eta, 5);
  std::vector<std::vector<double>> eta(kTopics, std::vector<double>(kVocab, hyper.eta));
  for (const SeededWord& seed : hyper.seeds) eta[seed.topic][seed.word] += seed.extra;
  double expected = 0.0;
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    std::vector<double> lambda(kVocab);
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      lambda[w] = topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
    }
    expected += dirichlet_log_normalizer(eta[k]) - dirichlet_log_normalizer(lambda);
  }
  EXPECT_NEAR(topics_bound(topics, hyper, Parallel(2)), expected, 1e-8 * std::abs(expected));
}

}  // namespace
}  // namespace svi_lda

#include "eval/corpus_bound.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/aligned.h"
#include "eval/kernels.h"
#include "local/kernels.h"
#include "math/digamma.h"
#include "math/dirichlet.h"

namespace svi_lda {
namespace {

// Documents and words that one thread sums at a time; part of the order of summation.
constexpr std::size_t kDocChunk = 16;
constexpr std::size_t kWordChunk = 64;

// body(begin, end) over chunks of [0, count), added up in order.
template <typename Body>
double sum_chunks(std::size_t count, std::size_t chunk, const Parallel& parallel,
                  const Body& body) {
  std::vector<double> partial((count + chunk - 1) / chunk, 0.0);
  parallel.for_chunks(
      count, chunk,
      [&](std::size_t begin, std::size_t end, int) { partial[begin / chunk] = body(begin, end); },
      std::nullopt, Schedule::kByRange);
  double sum = 0.0;
  for (const double part : partial) sum += part;
  return sum;
}

// Sum_w n_dw log dot_dw of a document's entries, except those done in log space.
double log_dots(const Minibatch& batch, const std::vector<float>& ratio, std::size_t doc) {
  double sum = 0.0;
  for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
    if (ratio[e] == 0.0f) continue;
    const auto count = static_cast<double>(batch.entry_count[e]);
    sum += count * std::log(count / static_cast<double>(ratio[e]));
  }
  return sum;
}

// What the entries done in log space add: their own -Sum_k n phi log phi, less what documents and
// words take for it, which assumes phi = etheta rows / dot.
double log_space_entries(const Minibatch& batch, const Responsibilities& from,
                         const Topics& topics) {
  const std::size_t stride = from.stride;
  AlignedVector<float> row(stride);
  double sum = 0.0;
  for (std::size_t slot = 0; slot < from.slow_entry.size(); ++slot) {
    const std::uint32_t entry = from.slow_entry[slot];
    const auto after = std::upper_bound(batch.doc_begin.begin(), batch.doc_begin.end(), entry);
    const auto doc = static_cast<std::size_t>(after - batch.doc_begin.begin()) - 1;
    const float* phi = from.slow_phi.data() + slot * stride;
    const auto count = static_cast<double>(batch.entry_count[entry]);
    for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
      const auto n_phi = static_cast<double>(phi[k]);
      if (n_phi > 0.0) sum -= n_phi * std::log(n_phi / count);
    }
    const std::uint32_t w = batch.words[batch.entry_word[entry]];
    exp_digamma_row(topics.row(w), static_cast<float>(topics.scale()),
                    static_cast<float>(topics.eta_bar(w)), stride, row.data());
    sum += weighted_logs(phi, row.data(), stride);
    sum += weighted_logs(phi, from.etheta.data() + doc * stride, stride);
  }
  return sum;
}

}  // namespace

double documents_bound(const Minibatch& batch, const Responsibilities& responsibilities,
                       const SufficientStats& stats, const Topics& topics,
                       const Hyperparameters& hyper, const Parallel& parallel) {
  const std::size_t stride = responsibilities.stride;
  const std::uint32_t num_topics = topics.num_topics();
  AlignedVector<float> alpha(stride, 0.0f);
  for (std::uint32_t k = 0; k < num_topics; ++k) alpha[k] = static_cast<float>(hyper.alpha[k]);
  const double log_c_alpha = dirichlet_log_normalizer(hyper.alpha);
  const double of_documents =
      sum_chunks(batch.num_docs(), kDocChunk, parallel, [&](std::size_t begin, std::size_t end) {
        AlignedVector<float> tokens(stride, 0.0f);
        double sum = 0.0;
        for (std::size_t doc = begin; doc < end; ++doc) {
          const float* gamma = responsibilities.gamma.data() + doc * stride;
          double total = 0.0;
          for (std::uint32_t k = 0; k < num_topics; ++k) {
            tokens[k] = gamma[k] - alpha[k];
            total += static_cast<double>(gamma[k]);
          }
          sum +=
              log_dots(batch, responsibilities.ratio, doc) -
              weighted_logs(tokens.data(), responsibilities.etheta.data() + doc * stride, stride) +
              log_gamma_sum(gamma, 1.0, 0.0, num_topics) - log_gamma(total) + log_c_alpha;
        }
        return sum;
      });
  const double of_words =
      sum_chunks(batch.num_words(), kWordChunk, parallel, [&](std::size_t begin, std::size_t end) {
        AlignedVector<float> row(stride);
        double sum = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
          exp_digamma_row(topics.row(batch.words[i]), static_cast<float>(topics.scale()),
                          static_cast<float>(topics.eta_bar(batch.words[i])), stride, row.data());
          sum += weighted_logs(stats.rows.data() + i * stride, row.data(), stride);
        }
        return sum;
      });
  return of_documents - of_words + log_space_entries(batch, responsibilities, topics);
}

double alpha_bound(std::span<const float> gamma, std::span<const double> from,
                   std::span<const double> to, const Parallel& parallel) {
  const std::size_t num_topics = from.size();
  const std::size_t docs = gamma.size() / num_topics;
  const double of_gamma =
      sum_chunks(docs, kDocChunk, parallel, [&](std::size_t begin, std::size_t end) {
        AlignedVector<float> row((num_topics + 15) / 16 * 16);
        double sum = 0.0;
        for (std::size_t doc = begin; doc < end; ++doc) {
          double total = 0.0;
          for (std::size_t k = 0; k < num_topics; ++k) {
            row[k] = gamma_for_alpha(gamma[doc * num_topics + k], from[k], to[k]);
            total += static_cast<double>(row[k]);
          }
          sum += log_gamma_sum(row.data(), 1.0, 0.0, num_topics) - log_gamma(total);
        }
        return sum;
      });
  return static_cast<double>(docs) * dirichlet_log_normalizer(to) + of_gamma;
}

double topics_bound(const Topics& topics, const Hyperparameters& hyper, const Parallel& parallel) {
  const std::uint32_t vocab_size = topics.vocab_size();
  const double of_words =
      sum_chunks(vocab_size, kWordChunk, parallel, [&](std::size_t begin, std::size_t end) {
        double sum = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
          const auto w = static_cast<std::uint32_t>(i);
          sum +=
              log_gamma_sum(topics.row(w), topics.scale(), topics.eta_bar(w), topics.num_topics());
        }
        return sum;
      });
  // log C(eta_k) of each topic: all words at eta_w, then what the seeded ones change.
  const Eta eta = hyper.word_prior();
  std::vector<double> eta_sums(topics.num_topics(), eta.sum(vocab_size));
  double log_gammas = eta.per_word() ? 0.0 : vocab_size * log_gamma(eta.each());
  for (const double of_word : eta.words()) log_gammas += log_gamma(of_word);
  double bound = of_words - topics.num_topics() * log_gammas;
  for (const SeededWord& seeded : hyper.seeds) {
    eta_sums[seeded.topic] += seeded.extra;
    bound -= log_gamma(eta(seeded.word) + seeded.extra) - log_gamma(eta(seeded.word));
  }
  for (const double sum : eta_sums) bound += log_gamma(sum);
  for (const double sum : topics.row_sums()) bound -= log_gamma(sum);
  return bound;
}

double topics_divergence(const Topics& topics, const Hyperparameters& hyper,
                         const Parallel& parallel) {
  const std::uint32_t num_topics = topics.num_topics();
  std::vector<double> psi_sums;
  for (const double sum : topics.row_sums()) psi_sums.push_back(digamma(sum));
  const auto lambda = [&](std::uint32_t word, std::uint32_t topic) {
    return topics.eta_bar(word) + topics.scale() * static_cast<double>(topics.row(word)[topic]);
  };
  const Eta eta = hyper.word_prior();
  // Sum_kw (lambda_kw - eta_kw) E[log beta_kw], all words at eta, then what the seeded ones change.
  double logs = sum_chunks(topics.vocab_size(), kWordChunk, parallel,
                           [&](std::size_t begin, std::size_t end) {
                             double sum = 0.0;
                             for (auto w = static_cast<std::uint32_t>(begin); w < end; ++w) {
                               for (std::uint32_t k = 0; k < num_topics; ++k) {
                                 const double x = lambda(w, k);
                                 sum += (x - eta(w)) * (digamma(x) - psi_sums[k]);
                               }
                             }
                             return sum;
                           });
  for (const SeededWord& seeded : hyper.seeds) {
    logs -= seeded.extra * (digamma(lambda(seeded.word, seeded.topic)) - psi_sums[seeded.topic]);
  }
  return logs - topics_bound(topics, hyper, parallel);
}

}  // namespace svi_lda

#include "global/alpha_step.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "global/fit_dirichlet.h"
#include "global/polya.h"
#include "math/digamma.h"

namespace svi_lda {
namespace {

// Documents that one thread takes at a time; part of the order of summation.
constexpr std::size_t kChunk = 32;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Sums of `width` numbers over documents: body(begin, end, sums) adds up a chunk's.
template <typename Body>
std::vector<double> sum_chunks(std::size_t docs, std::size_t width, const Parallel& parallel,
                               const Body& body) {
  std::vector<double> partial((docs + kChunk - 1) / kChunk * width, 0.0);
  parallel.for_chunks(docs, kChunk, [&](std::size_t begin, std::size_t end, int) {
    body(begin, end, partial.data() + begin / kChunk * width);
  });
  std::vector<double> sums(width, 0.0);
  for (std::size_t i = 0; i < partial.size(); ++i) sums[i % width] += partial[i];
  return sums;
}

// The first one starts the mean.
void blend(double rho, std::vector<double> now, std::vector<double>& mean) {
  if (mean.empty()) {
    mean = std::move(now);
    return;
  }
  for (std::size_t k = 0; k < mean.size(); ++k) mean[k] = (1.0 - rho) * mean[k] + rho * now[k];
}

void move_towards(std::vector<double> target, double rho, AlphaLearning learning,
                  std::vector<double>& alpha) {
  if (learning == AlphaLearning::kShares) {
    target = shares_of_sum(sum(alpha), std::move(target));
    for (std::size_t k = 0; k < alpha.size(); ++k) {
      alpha[k] = (1.0 - rho) * alpha[k] + rho * target[k];
    }
    return;
  }
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    alpha[k] = std::clamp(std::exp((1.0 - rho) * std::log(alpha[k]) + rho * std::log(target[k])),
                          kLeastAlpha, kMostAlpha);
  }
}

// Means over the documents of a minibatch and their samples: [K] of alpha_k (psi(N_dk + alpha_k) -
// psi(alpha_k)), then one of psi(N_d + Sum alpha) - psi(Sum alpha).
std::vector<double> polya_means(const Minibatch& batch, const TopicSamples& samples,
                                const std::vector<double>& alpha, const Parallel& parallel) {
  const std::size_t num_topics = alpha.size();
  const double alpha_sum = sum(alpha);
  const double share = 1.0 / static_cast<double>(samples.kept);
  const auto body = [&](std::size_t begin, std::size_t end, double* sums) {
    std::vector<std::uint32_t> count(num_topics, 0);
    std::vector<std::uint32_t> held;  // topics of the document
    for (std::size_t doc = begin; doc < end; ++doc) {
      const std::uint32_t first = batch.doc_begin[doc];
      const std::uint32_t last = batch.doc_begin[doc + 1];
      for (std::size_t s = 0; s < samples.kept; ++s) {
        held.clear();
        for (std::uint32_t e = first; e < last; ++e) {
          const std::uint64_t tokens = samples.entry_begin[e + 1] - samples.entry_begin[e];
          const std::uint32_t* topics =
              samples.topics.data() + samples.kept * samples.entry_begin[e] + s * tokens;
          for (std::uint64_t i = 0; i < tokens; ++i) {
            if (count[topics[i]]++ == 0) held.push_back(topics[i]);
          }
        }
        for (const std::uint32_t k : held) {
          sums[k] += share * alpha[k] * digamma_rise(alpha[k], count[k]);
          count[k] = 0;
        }
      }
      sums[num_topics] +=
          digamma_rise(alpha_sum, samples.entry_begin[last] - samples.entry_begin[first]);
    }
  };
  std::vector<double> means = sum_chunks(batch.num_docs(), num_topics + 1, parallel, body);
  for (double& mean : means) mean /= static_cast<double>(batch.num_docs());
  return means;
}

// The same from gamma_dk = alpha_k + Sum_n phi_dnk, whose second part is the mean of a count.
std::vector<double> expected_polya_means(std::span<const float> gamma, std::size_t stride,
                                         const std::vector<double>& alpha,
                                         const Parallel& parallel) {
  const std::size_t num_topics = alpha.size();
  const std::size_t docs = gamma.size() / stride;
  const double alpha_sum = sum(alpha);
  const auto body = [&](std::size_t begin, std::size_t end, double* sums) {
    for (std::size_t doc = begin; doc < end; ++doc) {
      double tokens = 0.0;
      for (std::size_t k = 0; k < num_topics; ++k) {
        const double count = std::max(static_cast<double>(gamma[doc * stride + k]) - alpha[k], 0.0);
        sums[k] += alpha[k] * expected_digamma_rise(alpha[k], count);
        tokens += count;
      }
      sums[num_topics] += digamma_rise(alpha_sum, static_cast<std::uint64_t>(std::llround(tokens)));
    }
  };
  std::vector<double> means = sum_chunks(docs, num_topics + 1, parallel, body);
  for (double& mean : means) mean /= static_cast<double>(docs);
  return means;
}

// Blends means as polya_means() gives them, and moves alpha to the fixed point's next.
void learn_from_means(std::vector<double> means, double corpus_docs, double rho,
                      AlphaLearning learning, bool may_change, AlphaMemory& memory,
                      std::vector<double>& alpha) {
  if (alpha.size() < 2) return;  // one topic: every alpha is as likely
  const double strength = means.back();
  means.pop_back();
  memory.strength =
      memory.shares.empty() ? strength : (1.0 - rho) * memory.strength + rho * strength;
  blend(rho, std::move(means), memory.shares);
  if (!may_change) return;
  std::vector<double> target(memory.shares);
  if (learning == AlphaLearning::kSymmetric) {
    std::fill(target.begin(), target.end(), sum(target) / static_cast<double>(target.size()));
  } else {
    for (double& share : target) share += 1.0 / corpus_docs;
  }
  for (double& a : target) a = std::clamp(a / memory.strength, kLeastAlpha, kMostAlpha);
  move_towards(std::move(target), rho, learning, alpha);
}

bool is_of_no_use(AlphaLearning learning, bool may_change) {
  return learning == AlphaLearning::kNone || (learning == AlphaLearning::kShares && !may_change);
}

}  // namespace

std::vector<double> shares_of_sum(double sum, std::vector<double> target) {
  constexpr double kEven = 0.25;
  const double each = kEven * sum / static_cast<double>(target.size());
  const double scale = (1.0 - kEven) * sum / std::accumulate(target.begin(), target.end(), 0.0);
  for (double& a : target) a = each + scale * a;
  return target;
}

bool alpha_may_change(std::uint64_t step, std::uint64_t passes) {
  return passes > 0 || step > kAlphaBurnIn;
}

std::vector<double> mean_log_theta(std::span<const float> gamma, std::size_t stride,
                                   std::uint32_t num_topics, const Parallel& parallel) {
  const std::size_t docs = gamma.size() / stride;
  const auto body = [&](std::size_t begin, std::size_t end, double* sums) {
    for (std::size_t doc = begin; doc < end; ++doc) {
      const float* row = gamma.data() + doc * stride;
      double total = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) total += static_cast<double>(row[k]);
      const double psi_total = digamma(total);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        sums[k] += digamma(static_cast<double>(row[k])) - psi_total;
      }
    }
  };
  std::vector<double> mean = sum_chunks(docs, num_topics, parallel, body);
  for (double& m : mean) m /= static_cast<double>(docs);
  return mean;
}

void learn_alpha(std::span<const float> gamma, std::size_t stride, double rho,
                 AlphaLearning learning, bool may_change, const Parallel& parallel,
                 AlphaMemory& memory, std::vector<double>& alpha) {
  if (is_of_no_use(learning, may_change)) return;
  const auto num_topics = static_cast<std::uint32_t>(alpha.size());
  blend(rho, mean_log_theta(gamma, stride, num_topics, parallel), memory.logs);
  if (!may_change) return;
  move_towards(fit_dirichlet(memory.logs, learning == AlphaLearning::kSymmetric, alpha), rho,
               learning, alpha);
}

void learn_alpha(const Minibatch& batch, const TopicSamples& samples, double corpus_docs,
                 double rho, AlphaLearning learning, bool may_change, const Parallel& parallel,
                 AlphaMemory& memory, std::vector<double>& alpha) {
  if (is_of_no_use(learning, may_change)) return;
  learn_from_means(polya_means(batch, samples, alpha, parallel), corpus_docs, rho, learning,
                   may_change, memory, alpha);
}

void learn_alpha_from_counts(std::span<const float> gamma, std::size_t stride, double corpus_docs,
                             double rho, AlphaLearning learning, bool may_change,
                             const Parallel& parallel, AlphaMemory& memory,
                             std::vector<double>& alpha) {
  if (is_of_no_use(learning, may_change)) return;
  learn_from_means(expected_polya_means(gamma, stride, alpha, parallel), corpus_docs, rho, learning,
                   may_change, memory, alpha);
}

}  // namespace svi_lda

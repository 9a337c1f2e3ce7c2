#include "global/eta_step.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <vector>

#include "global/fit_dirichlet.h"
#include "global/polya.h"
#include "math/digamma.h"

namespace svi_lda {
namespace {

constexpr std::size_t kWordChunk = 64;  // words that one thread takes at a time

// [V]: Sum_k [psi(n_kw + eta_w) - psi(eta_w)], of seeded words with eta_w + extra_kw.
std::vector<double> rises(const Topics& topics, const Hyperparameters& hyper, bool expected,
                          const Parallel& parallel) {
  const Eta eta = hyper.word_prior();
  std::vector<double> rise(topics.vocab_size());
  parallel.for_chunks(
      rise.size(), kWordChunk,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t i = begin; i < end; ++i) {
          const auto w = static_cast<std::uint32_t>(i);
          rise[i] = digamma_rise_sum(topics.row(w), topics.scale(), eta(w), topics.num_topics(),
                                     expected);
        }
      },
      std::nullopt, Schedule::kByRange);
  for (const SeededWord& seeded : hyper.seeds) {
    const double all = topics.scale() * static_cast<double>(topics.row(seeded.word)[seeded.topic]);
    const double prior = eta(seeded.word);
    const auto of = [&](double x, double n) {
      n = std::max(n, 0.0);
      return expected ? expected_digamma_rise(x, n) : digamma(x + n) - digamma(x);
    };
    rise[seeded.word] += of(prior + seeded.extra, all - seeded.extra) - of(prior, all);
  }
  return rise;
}

// Sum_k [psi(n_k + Sum_w eta_kw) - psi(Sum_w eta_kw)].
double total_rise(const Topics& topics, const Hyperparameters& hyper) {
  const double offsets = Eta(topics.eta_bar(), topics.eta_bar_words()).sum(topics.vocab_size());
  const double eta_sum = hyper.word_prior().sum(topics.vocab_size());
  std::vector<double> extra(topics.num_topics(), 0.0);
  for (const SeededWord& seeded : hyper.seeds) extra[seeded.topic] += seeded.extra;
  double rise = 0.0;
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    const double tokens = std::max(topics.row_sums()[k] - offsets - extra[k], 0.0);
    rise += digamma(eta_sum + extra[k] + tokens) - digamma(eta_sum + extra[k]);
  }
  return rise;
}

}  // namespace

bool eta_is_due(std::uint64_t step) { return step >= kEtaBurnIn && step % kEtaEvery == 0; }

void learn_eta(const Topics& topics, EtaLearning learning, TopicCounts counts,
               const Parallel& parallel, Hyperparameters& hyper) {
  if (learning == EtaLearning::kNone) return;
  const double total = total_rise(topics, hyper);
  if (!(total > 0.0)) return;  // topics that hold nothing say nothing
  std::vector<double> next = rises(topics, hyper, counts == TopicCounts::kExpected, parallel);
  const Eta eta = hyper.word_prior();
  const bool symmetric = learning == EtaLearning::kSymmetric;
  const double pseudo_topics = symmetric ? 0.0 : 1.0;
  for (std::uint32_t w = 0; w < next.size(); ++w) {
    next[w] = (eta(w) * next[w] + pseudo_topics) / total;
    if (!symmetric) next[w] = std::clamp(next[w], kLeastAlpha, kMostAlpha);
  }
  const double mean =
      std::accumulate(next.begin(), next.end(), 0.0) / static_cast<double>(next.size());
  hyper.eta = std::clamp(mean, kLeastAlpha, kMostAlpha);
  if (!symmetric) hyper.eta_words = std::move(next);
}

}  // namespace svi_lda

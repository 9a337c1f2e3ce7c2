#include "eval/bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "math/digamma.h"
#include "math/dirichlet.h"

namespace svi_lda {
namespace {

// Scratch of one thread.
struct Space {
  std::vector<const float*> rows;
  std::vector<float> dots;
  AlignedVector<float> etheta;
  std::vector<double> gamma;
  std::vector<double> log_weight;
};

// log Sum_k exp(psi(gamma_k) + psi(lambda_k) - psi(Sum_w lambda_k)) in double: for words whose dot
// product underflows.
double log_space_dot(const Topics& topics, std::uint32_t word, std::span<const double> gamma,
                     std::vector<double>& log_weight) {
  const float* m = topics.row(word);
  log_weight.resize(gamma.size());
  for (std::size_t k = 0; k < gamma.size(); ++k) {
    const double lambda = topics.eta_bar(word) + topics.scale() * static_cast<double>(m[k]);
    log_weight[k] = digamma(gamma[k]) + digamma(lambda) - digamma(topics.row_sums()[k]);
  }
  const double top = *std::max_element(log_weight.begin(), log_weight.end());
  double sum = 0.0;
  for (const double x : log_weight) sum += std::exp(x - top);
  return top + std::log(sum);
}

}  // namespace

BoundScorer::BoundScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
                         double tolerance, GammaStart start)
    : topics_(topics),
      hyper_(hyper),
      options_{LocalMethod::kVb, max_iterations, tolerance, start == GammaStart::kAlike},
      tables_(LocalMethod::kVb, topics, hyper),
      builder_(topics.vocab_size()) {}

void BoundScorer::start_alike() {
  const std::size_t stride = topics_.stride();
  const double alpha_sum = std::accumulate(hyper_.alpha.begin(), hyper_.alpha.end(), 0.0);
  responsibilities_.gamma.assign(batch_.num_docs() * stride, kSmallestParameter);
  for (std::size_t doc = 0; doc < batch_.num_docs(); ++doc) {
    const double tokens =
        std::accumulate(batch_.entry_count.begin() + batch_.doc_begin[doc],
                        batch_.entry_count.begin() + batch_.doc_begin[doc + 1], 0.0);
    std::fill_n(responsibilities_.gamma.begin() + static_cast<std::ptrdiff_t>(doc * stride),
                topics_.num_topics(),
                static_cast<float>((alpha_sum + tokens) / topics_.num_topics()));
  }
}

void BoundScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                        const Parallel& parallel, std::vector<double>& bounds) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    builder_.add(documents[i].view(), first_number + i);
  }
  builder_.build(batch_);
  if (options_.warm_start) start_alike();
  local_step(batch_, topics_, hyper_, options_, parallel, responsibilities_);

  bounds.assign(documents.size(), 0.0);
  const std::uint32_t num_topics = topics_.num_topics();
  const std::size_t stride = topics_.stride();
  const TopicContext context = tables_.context(options_);
  // What exp_digamma_row takes out of each word's row: psi of the row's largest lambda.
  std::vector<double> row_shift(batch_.num_words());
  parallel.for_chunks(batch_.num_words(), 32, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) {
      row_shift[i] = digamma(
          static_cast<double>(exp_digamma_row(topics_.row(batch_.words[i]), context.scale,
                                              static_cast<float>(topics_.eta_bar(batch_.words[i])),
                                              stride, responsibilities_.rows.data() + i * stride)));
    }
  });
  std::vector<Space> spaces(static_cast<std::size_t>(parallel.threads()));
  parallel.for_chunks(documents.size(), 4, [&](std::size_t begin, std::size_t end, int thread) {
    Space& space = spaces[static_cast<std::size_t>(thread)];
    space.etheta.resize(stride);
    space.gamma.resize(num_topics);
    for (std::size_t doc = begin; doc < end; ++doc) {
      const std::uint32_t first = batch_.doc_begin[doc];
      const std::size_t n = batch_.doc_begin[doc + 1] - first;
      if (n == 0) continue;
      space.rows.resize((n + kWordPad - 1) / kWordPad * kWordPad);
      space.dots.resize(space.rows.size());
      for (std::size_t i = 0; i < space.rows.size(); ++i) {
        space.rows[i] =
            responsibilities_.rows.data() + batch_.entry_word[first + (i < n ? i : 0)] * stride;
      }
      const float* gamma = responsibilities_.gamma.data() + doc * stride;
      const float top = etheta_from_gamma(gamma, context.topic_factor, stride, space.etheta.data());
      document_dots(space.rows.data(), n, space.etheta.data(), stride, space.dots.data());
      double gamma_sum = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        space.gamma[k] = static_cast<double>(gamma[k]);
        gamma_sum += space.gamma[k];
      }
      const double shift = digamma(static_cast<double>(top)) + tables_.log_shift();
      const double log_total = digamma(gamma_sum);
      double bound = -dirichlet_kl(space.gamma, hyper_.alpha);
      for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t word = batch_.entry_word[first + i];
        const double log_dot =
            space.dots[i] >= kDotFloor
                ? std::log(static_cast<double>(space.dots[i])) + row_shift[word] + shift
                : log_space_dot(topics_, batch_.words[word], space.gamma, space.log_weight);
        bound += static_cast<double>(batch_.entry_count[first + i]) * (log_dot - log_total);
      }
      bounds[doc] = bound;
    }
  });
}

}  // namespace svi_lda

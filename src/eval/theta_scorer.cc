#include "eval/theta_scorer.h"

#include <cmath>
#include <string>

#include "svi_lda/error.h"

namespace svi_lda {

ThetaScorer::ThetaScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
                         double tolerance)
    : topics_(topics),
      hyper_(hyper),
      options_{LocalMethod::kMeans, max_iterations, tolerance},
      builder_(topics.vocab_size()) {}

void ThetaScorer::score(std::span<const Document> fitted, std::span<const Document> scored,
                        std::uint64_t first_number, const Parallel& parallel,
                        std::vector<double>& log_likelihood) {
  for (std::size_t i = 0; i < fitted.size(); ++i) builder_.add(fitted[i].view(), first_number + i);
  builder_.build(batch_);
  local_step(batch_, topics_, hyper_, options_, parallel, responsibilities_);

  log_likelihood.assign(fitted.size(), 0.0);
  const std::uint32_t num_topics = topics_.num_topics();
  std::vector<std::vector<double>> weights(static_cast<std::size_t>(parallel.threads()));
  parallel.for_chunks(fitted.size(), 4, [&](std::size_t begin, std::size_t end, int thread) {
    std::vector<double>& weight = weights[static_cast<std::size_t>(thread)];
    weight.resize(num_topics);
    for (std::size_t i = begin; i < end; ++i) {
      // theta_k / Sum_w lambda_kw, so that its product with lambda is theta_k E[beta_kw].
      const float* gamma = responsibilities_.gamma.data() + i * responsibilities_.stride;
      double total = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) total += static_cast<double>(gamma[k]);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        weight[k] = static_cast<double>(gamma[k]) / total / topics_.row_sums()[k];
      }
      const DocumentView rest = scored[i].view();
      for (std::size_t j = 0; j < rest.words.size(); ++j) {
        const double p = weighted_lambda(topics_.row(rest.words[j]), topics_.scale(),
                                         topics_.eta_bar(rest.words[j]), weight.data(), num_topics);
        if (!(p > 0.0 && std::isfinite(p))) {
          throw Error(ErrorKind::kNumeric,
                      "document " + std::to_string(first_number + i) +
                          ": a word's probability is not positive",
                      "the model is damaged; train it again");
        }
        log_likelihood[i] += rest.counts[j] * std::log(p);
      }
    }
  });
}

}  // namespace svi_lda

#include "eval/importance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "math/dirichlet.h"

namespace svi_lda {
namespace {

// One document, on one thread.
class DocumentSampler {
 public:
  DocumentSampler(const MeanBatch& batch, std::span<const double> alpha)
      : batch_(batch), alpha_(alpha), log_theta_(alpha.size()), theta_(batch.stride(), 0.0f) {}

  // Document `doc` of the batch, with gamma its [K] parameters.
  void begin(std::uint32_t doc, std::span<const double> gamma) {
    gamma_ = gamma;
    log_normalizer_ratio_ = dirichlet_log_normalizer(gamma) - dirichlet_log_normalizer(alpha_);
    const Minibatch& batch = batch_.batch();
    first_ = batch.doc_begin[doc];
    n_ = batch.doc_begin[doc + 1] - first_;
    rows_.resize((n_ + kWordPad - 1) / kWordPad * kWordPad);
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i] = batch_.row(first_ + (i < n_ ? i : 0));
    dots_.resize(rows_.size());
  }

  // log of the importance weight of a theta from Dir(parameters).
  double draw_log_weight(std::span<const double> parameters, RandomStream& random) {
    draw_theta(parameters, random);
    double log_ratio = log_normalizer_ratio_;  // of Dir(gamma) to Dir(alpha)
    for (std::size_t k = 0; k < alpha_.size(); ++k) {
      log_ratio += (gamma_[k] - alpha_[k]) * log_theta_[k];
    }
    document_dots(rows_.data(), n_, theta_.data(), batch_.stride(), dots_.data());
    double log_likelihood = 0.0;
    for (std::size_t i = 0; i < n_; ++i) {
      log_likelihood += static_cast<double>(batch_.batch().entry_count[first_ + i]) *
                        (std::log(static_cast<double>(dots_[i])) + batch_.log_factor());
    }
    const double log_q = log_ratio > 0.0 ? log_ratio + std::log1p(std::exp(-log_ratio))
                                         : std::log1p(std::exp(log_ratio));
    return log_likelihood - (log_q - std::log(2.0));
  }

 private:
  // In logs: with parameters well below 1 most of theta is below the smallest double.
  void draw_theta(std::span<const double> parameters, RandomStream& random) {
    double top = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < parameters.size(); ++k) {
      // Gamma(a) is Gamma(a + 1) U^(1/a) (Marsaglia, Tsang 2000, section 6).
      const double a = parameters[k];
      log_theta_[k] = a < 1.0 ? std::log(random.gamma(a + 1.0)) + std::log(random.uniform()) / a
                              : std::log(random.gamma(a));
      top = std::max(top, log_theta_[k]);
    }
    double sum = 0.0;
    for (const double x : log_theta_) sum += std::exp(x - top);
    const double log_sum = top + std::log(sum);
    for (std::size_t k = 0; k < log_theta_.size(); ++k) {
      log_theta_[k] -= log_sum;
      theta_[k] = static_cast<float>(std::exp(log_theta_[k]));
    }
  }

  const MeanBatch& batch_;
  std::span<const double> alpha_;
  std::span<const double> gamma_;
  double log_normalizer_ratio_ = 0.0;
  std::size_t first_ = 0;
  std::size_t n_ = 0;
  std::vector<const float*> rows_;
  std::vector<float> dots_;
  std::vector<double> log_theta_;
  AlignedVector<float> theta_;
};

// Mean and squared standard error of weights relative to exp(top).
struct Part {
  double mean = 0.0;
  double variance = std::numeric_limits<double>::quiet_NaN();
};
Part part_of(std::span<const double> log_weights, double top) {
  Part part;
  const auto count = static_cast<double>(log_weights.size());
  for (const double x : log_weights) part.mean += std::exp(x - top) / count;
  if (log_weights.size() < 2) return part;
  part.variance = 0.0;
  for (const double x : log_weights) {
    const double away = std::exp(x - top) - part.mean;
    part.variance += away * away / (count * (count - 1.0));
  }
  return part;
}

}  // namespace

ImportanceScorer::ImportanceScorer(const Topics& topics, const Hyperparameters& hyper,
                                   int max_iterations, double tolerance, int samples,
                                   std::uint64_t seed)
    : topics_(topics),
      hyper_(hyper),
      options_{LocalMethod::kVb, max_iterations, tolerance},
      batch_(topics, hyper),
      samples_of_each_((samples + 1) / 2),
      seed_(seed) {}

void ImportanceScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                             const Parallel& parallel, DocumentEstimates& estimates) {
  batch_.build(documents, first_number, parallel);
  local_step(batch_.batch(), topics_, hyper_, options_, parallel, responsibilities_);
  estimates.log_likelihood.assign(documents.size(), 0.0);
  estimates.variance.assign(documents.size(), 0.0);
  const auto each = static_cast<std::size_t>(samples_of_each_);
  const std::vector<std::uint32_t> order = batch_.longest_first();
  std::vector<DocumentSampler> samplers(static_cast<std::size_t>(parallel.threads()),
                                        DocumentSampler(batch_, hyper_.alpha));
  parallel.for_chunks(order.size(), 1, [&](std::size_t begin, std::size_t, int thread) {
    const std::uint32_t doc = order[begin];
    const DocumentView document = documents[doc].view();
    if (document.empty()) return;
    std::vector<double> gamma(topics_.num_topics());
    const float* fitted = responsibilities_.gamma.data() + doc * responsibilities_.stride;
    for (std::size_t k = 0; k < gamma.size(); ++k) {
      // A gamma rounded to below alpha would make the density ratio unbounded.
      gamma[k] = std::max(static_cast<double>(fitted[k]), hyper_.alpha[k]);
    }
    DocumentSampler& sampler = samplers[static_cast<std::size_t>(thread)];
    sampler.begin(doc, gamma);
    RandomStream random(seed_, RandomPurpose::kImportance, content_hash(document));
    std::vector<double> log_weights(2 * each);
    for (std::size_t s = 0; s < each; ++s) {
      log_weights[s] = sampler.draw_log_weight(gamma, random);
      log_weights[each + s] = sampler.draw_log_weight(hyper_.alpha, random);
    }
    const double top = *std::max_element(log_weights.begin(), log_weights.end());
    const std::span<const double> all(log_weights);
    const Part posterior = part_of(all.first(each), top);
    const Part prior = part_of(all.last(each), top);
    const double mean = 0.5 * (posterior.mean + prior.mean);
    estimates.log_likelihood[doc] = top + std::log(mean);
    estimates.variance[doc] = 0.25 * (posterior.variance + prior.variance) / (mean * mean);
  });
}

}  // namespace svi_lda

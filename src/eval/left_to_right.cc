#include "eval/left_to_right.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "eval/particle_kernel.h"
#include "eval/token_order.h"

namespace svi_lda {
namespace {

// Ranges of particles that share a vector; each a particle filter of its own.
class ParticleGroup {
 public:
  explicit ParticleGroup(const MeanBatch& batch)
      : batch_(batch),
        counts_(batch.stride() * kParticleLanes),
        cumulative_(batch.stride() * kParticleLanes),
        random_(4 * kParticleLanes) {}

  // log of the estimate of p(w_d) by `size` <= kParticleLanes particles, up to the factor of the
  // rows; `random` is drawn from.
  double run(const std::vector<const float*>& rows, std::size_t size, RandomStream& random) {
    begin(rows, random);
    Particles particles{batch_.num_topics(), batch_.alpha(), rows.data(),       counts_.data(),
                        topics_.data(),      random_.data(), cumulative_.data()};
    Weights weight;
    weight.fill(1.0 / static_cast<double>(size));
    alignas(kRowAlignment) std::array<float, kParticleLanes> totals;
    double log_likelihood = 0.0;
    for (std::size_t n = 0; n < rows.size(); ++n) {
      resample_tokens(particles, n);
      draw_token(particles, n, totals.data());
      double predicted = 0.0;
      for (std::size_t i = 0; i < size; ++i) {
        weight[i] *= static_cast<double>(totals[i]);
        predicted += weight[i];
      }
      double squares = 0.0;
      for (std::size_t i = 0; i < size; ++i) {
        weight[i] /= predicted;
        squares += weight[i] * weight[i];
      }
      log_likelihood += std::log(predicted / (batch_.alpha_sum() + static_cast<double>(n)));
      const bool uneven = squares * static_cast<double>(size) > 2.0;
      if (uneven && n + 1 < rows.size()) select(weight, size, n + 1, random.uniform());
    }
    return log_likelihood;
  }

 private:
  using Weights = std::array<double, kParticleLanes>;

  void begin(const std::vector<const float*>& rows, RandomStream& random) {
    std::fill(counts_.begin(), counts_.end(), 0.0f);
    topics_.assign(rows.size() * kParticleLanes, 0);
    for (std::uint32_t& word : random_) word = static_cast<std::uint32_t>(random.next() >> 32);
    for (std::size_t i = 0; i < kParticleLanes; ++i) random_[i] |= 1u;
  }

  // Systematic resampling: particle i goes on size * weight_i times, rounded up or down.
  void select(Weights& weight, std::size_t size, std::size_t tokens, double offset) {
    std::array<std::uint8_t, kParticleLanes> ancestor{};
    const auto count = static_cast<double>(size);
    double sum = weight[0] * count;
    std::size_t from = 0;
    for (std::size_t i = 0; i < size; ++i) {
      while (sum <= static_cast<double>(i) + offset && from + 1 < size) {
        sum += weight[++from] * count;
      }
      ancestor[i] = static_cast<std::uint8_t>(from);
    }
    const auto follow = [&](auto* row) {
      std::array<std::remove_reference_t<decltype(*row)>, kParticleLanes> before;
      std::copy_n(row, kParticleLanes, before.begin());
      for (std::size_t i = 0; i < size; ++i) row[i] = before[ancestor[i]];
    };
    for (std::size_t k = 0; k < batch_.num_topics(); ++k) {
      follow(counts_.data() + k * kParticleLanes);
    }
    for (std::size_t n = 0; n < tokens; ++n) follow(topics_.data() + n * kParticleLanes);
    std::fill_n(weight.begin(), size, 1.0 / count);
  }

  const MeanBatch& batch_;
  AlignedVector<float> counts_;
  AlignedVector<float> cumulative_;
  AlignedVector<std::uint32_t> random_;
  AlignedVector<std::uint32_t> topics_;
};

// log of the mean of likelihoods that are given by their logs, each for `weight` of the particles,
// and the variance of that log.
struct LogMean {
  double log_mean;
  double variance;
};
LogMean log_mean(const std::vector<double>& logs, const std::vector<double>& weight) {
  const double top = *std::max_element(logs.begin(), logs.end());
  double mean = 0.0;
  for (std::size_t g = 0; g < logs.size(); ++g) mean += weight[g] * std::exp(logs[g] - top);
  if (logs.size() < 2) return {top, std::numeric_limits<double>::quiet_NaN()};
  double squares = 0.0;
  for (std::size_t g = 0; g < logs.size(); ++g) {
    const double away = weight[g] * (std::exp(logs[g] - top) / mean - 1.0);
    squares += away * away;
  }
  const auto groups = static_cast<double>(logs.size());
  return {top + std::log(mean), squares * groups / (groups - 1.0)};
}

}  // namespace

LeftToRightScorer::LeftToRightScorer(const Topics& topics, const Hyperparameters& hyper,
                                     int particles, std::uint64_t seed)
    : batch_(topics, hyper), particles_(particles), seed_(seed) {}

void LeftToRightScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                              const Parallel& parallel, DocumentEstimates& estimates) {
  batch_.build(documents, first_number, parallel);
  estimates.log_likelihood.assign(documents.size(), 0.0);
  estimates.variance.assign(documents.size(), 0.0);
  const std::vector<std::uint32_t> order = batch_.longest_first();
  std::vector<ParticleGroup> groups(static_cast<std::size_t>(parallel.threads()),
                                    ParticleGroup(batch_));
  const auto total = static_cast<std::size_t>(particles_);
  parallel.for_chunks(order.size(), 1, [&](std::size_t begin, std::size_t, int thread) {
    const std::uint32_t doc = order[begin];
    const DocumentView document = documents[doc].view();
    if (document.empty()) return;
    std::vector<std::uint32_t> tokens;
    shuffled_tokens(document, seed_, tokens);
    std::vector<const float*> rows;
    for (const std::uint32_t i : tokens)
      rows.push_back(batch_.row(batch_.batch().doc_begin[doc] + i));
    RandomStream random(seed_, RandomPurpose::kParticles, content_hash(document));
    std::vector<double> logs;
    std::vector<double> weight;
    for (std::size_t first = 0; first < total; first += kParticleLanes) {
      const std::size_t size = std::min(kParticleLanes, total - first);
      logs.push_back(groups[static_cast<std::size_t>(thread)].run(rows, size, random));
      weight.push_back(static_cast<double>(size) / static_cast<double>(total));
    }
    const LogMean mean = log_mean(logs, weight);
    estimates.log_likelihood[doc] =
        mean.log_mean + static_cast<double>(tokens.size()) * batch_.log_factor();
    estimates.variance[doc] = mean.variance;
  });
}

LinearLeftToRightScorer::LinearLeftToRightScorer(const Topics& topics, const Hyperparameters& hyper,
                                                 std::uint64_t seed)
    : batch_(topics, hyper), seed_(seed) {}

void LinearLeftToRightScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                                    const Parallel& parallel, DocumentEstimates& estimates) {
  batch_.build(documents, first_number, parallel);
  estimates.log_likelihood.assign(documents.size(), 0.0);
  estimates.variance.clear();
  const std::size_t stride = batch_.stride();
  parallel.for_chunks(documents.size(), 4, [&](std::size_t begin, std::size_t end, int) {
    AlignedVector<float> counts(stride);
    AlignedVector<float> weight(stride);
    std::vector<std::uint32_t> tokens;
    for (std::size_t doc = begin; doc < end; ++doc) {
      shuffled_tokens(documents[doc].view(), seed_, tokens);
      std::fill(counts.begin(), counts.end(), 0.0f);
      double sum = 0.0;
      for (std::size_t n = 0; n < tokens.size(); ++n) {
        const float* row = batch_.row(batch_.batch().doc_begin[doc] + tokens[n]);
        const float total =
            add_expected_token(row, batch_.alpha(), stride, counts.data(), weight.data());
        sum += std::log(static_cast<double>(total) / (batch_.alpha_sum() + static_cast<double>(n)));
      }
      estimates.log_likelihood[doc] =
          sum + static_cast<double>(tokens.size()) * batch_.log_factor();
    }
  });
}

}  // namespace svi_lda

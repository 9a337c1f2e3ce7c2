#include "local/leave_out.h"

#include <algorithm>
#include <cmath>

#include "local/sampling_kernel.h"

namespace svi_lda {

LeaveOut::LeaveOut(const Topics& topics)
    : topics_(topics), own_(topics.num_topics(), 0.0), factor_(topics.stride(), 0.0f) {}

const std::vector<const float*>& LeaveOut::rows(const DocumentSamples& document, double shrunk,
                                                std::size_t kept, const std::uint32_t* words,
                                                const std::uint32_t* tokens, std::size_t n,
                                                const float* alpha, double log_shift,
                                                std::vector<float>& smoothing) {
  const std::size_t stride = topics_.stride();
  // What one sample of a token stands for in lambda.
  const double share =
      document.weight * std::exp(shrunk - document.log_shrunk) / static_cast<double>(kept);
  const double least_sum =
      Eta(topics_.eta_bar(), topics_.eta_bar_words()).sum(topics_.vocab_size());
  std::fill(own_.begin(), own_.end(), 0.0);
  for (const std::uint16_t k : document.topics) own_[k] += share;
  for (std::uint32_t k = 0; k < topics_.num_topics(); ++k) {
    // The samples of earlier visits are not known: what is left is never taken below the prior.
    const double sum =
        std::max(topics_.row_sums()[k] - own_[k], std::min(least_sum, topics_.row_sums()[k]));
    factor_[k] = static_cast<float>(std::exp(-log_shift) / sum);
  }
  const auto scale = static_cast<float>(topics_.scale());
  const auto taken = static_cast<float>(share);
  if (matrix_.size() < n * stride) matrix_.resize(n * stride);
  rows_.resize(n);
  smoothing.resize(n);
  const std::uint16_t* topic = document.topics.data();
  for (std::size_t i = 0; i < n; ++i) {
    float* row = matrix_.data() + i * stride;
    const auto eta_bar = static_cast<float>(topics_.eta_bar(words[i]));
    float sum =
        sampling_row(topics_.row(words[i]), scale, eta_bar, factor_.data(), alpha, stride, row);
    for (std::size_t s = 0; s < kept * tokens[i]; ++s) {
      const std::uint32_t k = *topic++;
      const float left =
          std::max(row[k] - taken * factor_[k], std::min(row[k], eta_bar * factor_[k]));
      sum -= alpha[k] * (row[k] - left);
      row[k] = left;
    }
    rows_[i] = row;
    smoothing[i] = std::max(sum, 0.0f);
  }
  return rows_;
}

}  // namespace svi_lda

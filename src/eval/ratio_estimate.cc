#include "eval/ratio_estimate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace svi_lda {

void RatioEstimate::add(double log_likelihood, std::uint64_t tokens) {
  if (tokens == 0) return;
  const auto n = static_cast<double>(tokens);
  ++docs_;
  tokens_ += tokens;
  sum_l_ += log_likelihood;
  sum_ll_ += log_likelihood * log_likelihood;
  sum_ln_ += log_likelihood * n;
  sum_nn_ += n * n;
}

double RatioEstimate::nats_per_token() const {
  if (tokens_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return -sum_l_ / static_cast<double>(tokens_);
}

double RatioEstimate::perplexity() const { return std::exp(nats_per_token()); }

double RatioEstimate::standard_error_nats() const {
  if (docs_ < 2) return std::numeric_limits<double>::quiet_NaN();
  const double ratio = -nats_per_token();
  const auto d = static_cast<double>(docs_);
  const double squares = sum_ll_ - 2.0 * ratio * sum_ln_ + ratio * ratio * sum_nn_;
  return std::sqrt(std::max(0.0, squares) * d / (d - 1.0)) / static_cast<double>(tokens_);
}

double RatioEstimate::standard_error() const { return perplexity() * standard_error_nats(); }

}  // namespace svi_lda

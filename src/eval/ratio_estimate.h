#pragma once

#include <cstdint>

namespace svi_lda {

// A perplexity over documents as it grows: the ratio estimator Sum_d l_d / Sum_d n_d, where l_d is
// the log likelihood (nats) and n_d the number of scored tokens of document d.
class RatioEstimate {
 public:
  // Documents with n_d = 0 are left out.
  void add(double log_likelihood, std::uint64_t tokens);

  std::uint64_t tokens() const { return tokens_; }
  std::uint64_t docs() const { return docs_; }
  // - Sum l / Sum n; NaN where nothing was scored.
  double nats_per_token() const;
  double perplexity() const;
  // Standard error of nats_per_token over documents, linearised (Cochran 1977, ch. 6):
  //   sqrt(D/(D-1) Sum (l_d - R n_d)^2) / Sum n.   NaN for fewer than two documents.
  double standard_error_nats() const;
  // Of the perplexity, by the delta method.
  double standard_error() const;

 private:
  std::uint64_t docs_ = 0;
  std::uint64_t tokens_ = 0;
  double sum_l_ = 0.0;
  double sum_ll_ = 0.0;
  double sum_ln_ = 0.0;
  double sum_nn_ = 0.0;
};

}  // namespace svi_lda

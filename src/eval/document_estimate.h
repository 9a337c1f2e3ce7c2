#pragma once

#include <vector>

namespace svi_lda {

// Estimates of log p(w_d) of some documents, in nats; 0 for a document without words.
struct DocumentEstimates {
  std::vector<double> log_likelihood;
  // Variance of each that comes from the estimator's random numbers, by the delta method; NaN where
  // there are too few of them to tell. Empty where an estimator draws none.
  std::vector<double> variance;
};

}  // namespace svi_lda

#pragma once

#include <cstddef>

namespace svi_lda {

// Vector kernels of the corpus bound. Rows are 64-byte aligned and padded to a multiple of 16
// floats.

// Sum_k weights_k log x_k over the x_k > 0, k < stride.
double weighted_logs(const float* weights, const float* x, std::size_t stride);

// Sum_{k < count} log Gamma(offset + scale x_k), each argument in [1e-8, 1e15], in double by
// log Gamma(y) = log Gamma(y + 6) - log y(y+1)...(y+5) and Stirling's series there: error of a term
// at most 1e-10 + 1e-15 |log Gamma|.
double log_gamma_sum(const float* x, double scale, double offset, std::size_t count);

}  // namespace svi_lda

#pragma once

#include <algorithm>
#include <cmath>

namespace svi_lda {

// The part of one outcome in the Jensen-Shannon divergence, in nats, of two distributions that give
// it p and q >= 0 (Lin 1991, "Divergence measures based on the Shannon entropy", eq. 3.1 with equal
// weights): half of p log(p/m) + q log(q/m), m their mean; 0 log 0 = 0. Never below 0 but for
// rounding.
inline double jensen_shannon_term(double p, double q) {
  const double mean = 0.5 * (p + q);
  const double of_p = p > 0.0 ? p * std::log(p / mean) : 0.0;
  const double of_q = q > 0.0 ? q * std::log(q / mean) : 0.0;
  return 0.5 * (of_p + of_q);
}

// The distance of two distributions with that divergence in nats: the square root of the divergence
// in bits, a metric in [0, 1] (Endres, Schindelin 2003).
inline double jensen_shannon_distance(double divergence) {
  return std::sqrt(std::clamp(divergence / std::log(2.0), 0.0, 1.0));
}

}  // namespace svi_lda

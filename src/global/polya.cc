#include "global/polya.h"

#include <cmath>

#include "math/digamma.h"

namespace svi_lda {

double digamma_rise(double x, std::uint64_t n) {
  constexpr std::uint64_t kFew = 12;  // 1/x + 1/(x + 1) + ... is then faster, and as exact
  if (n > kFew) return digamma(x + static_cast<double>(n)) - digamma(x);
  double rise = 0.0;
  for (std::uint64_t i = 0; i < n; ++i) rise += 1.0 / (x + static_cast<double>(i));
  return rise;
}

double expected_digamma_rise(double x, double n) {
  if (!(n > 0.0)) return 0.0;
  const double chance = -std::expm1(-n);
  return chance * (digamma(x + n / chance) - digamma(x));
}

}  // namespace svi_lda

#include "math/dirichlet.h"

#include <cstddef>
#include <numeric>

#include "math/digamma.h"

namespace svi_lda {

double dirichlet_log_normalizer(std::span<const double> parameters) {
  double total = 0.0;
  double logs = 0.0;
  for (const double a : parameters) {
    total += a;
    logs += log_gamma(a);
  }
  return log_gamma(total) - logs;
}

double dirichlet_kl(std::span<const double> q, std::span<const double> p) {
  const double total = digamma(std::accumulate(q.begin(), q.end(), 0.0));
  double kl = dirichlet_log_normalizer(q) - dirichlet_log_normalizer(p);
  for (std::size_t k = 0; k < q.size(); ++k) kl += (q[k] - p[k]) * (digamma(q[k]) - total);
  return kl;
}

}  // namespace svi_lda

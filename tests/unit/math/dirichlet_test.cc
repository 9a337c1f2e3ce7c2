#include "math/dirichlet.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace svi_lda {
namespace {

TEST(Dirichlet, NormalizerIsTheInverseOfTheIntegral) {
  // Dir(1, 1, 1) is uniform on a triangle of area 1/2.
  EXPECT_NEAR(dirichlet_log_normalizer(std::vector<double>{1.0, 1.0, 1.0}), std::log(2.0), 1e-14);
  // Beta(2, 3): 1/B = 12.
  EXPECT_NEAR(dirichlet_log_normalizer(std::vector<double>{2.0, 3.0}), std::log(12.0), 1e-13);
}

TEST(Dirichlet, KlOfBetasAgreesWithQuadrature) {
  const std::vector<double> q = {2.5, 1.5};
  const std::vector<double> p = {1.2, 3.4};
  const double log_zq = dirichlet_log_normalizer(q);
  const double log_zp = dirichlet_log_normalizer(p);
  double integral = 0.0;
  const int steps = 200000;
  for (int i = 0; i < steps; ++i) {
    const double x = (i + 0.5) / steps;
    const double log_q = log_zq + (q[0] - 1) * std::log(x) + (q[1] - 1) * std::log1p(-x);
    const double log_p = log_zp + (p[0] - 1) * std::log(x) + (p[1] - 1) * std::log1p(-x);
    integral += std::exp(log_q) * (log_q - log_p) / steps;
  }
  EXPECT_NEAR(dirichlet_kl(q, p), integral, 1e-6);
  EXPECT_NEAR(dirichlet_kl(q, q), 0.0, 1e-13);
}

}  // namespace
}  // namespace svi_lda

#include "math/jensen_shannon.h"

#include <gtest/gtest.h>

#include <vector>

namespace svi_lda {
namespace {

double distance(const std::vector<double>& p, const std::vector<double>& q) {
  double divergence = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) divergence += jensen_shannon_term(p[i], q[i]);
  return jensen_shannon_distance(divergence);
}

TEST(JensenShannon, WorkedByHand) {
  EXPECT_EQ(distance({0.3, 0.7, 0.0}, {0.3, 0.7, 0.0}), 0.0);
  EXPECT_NEAR(distance({0.3, 0.7, 0.0, 0.0}, {0.0, 0.0, 0.9, 0.1}), 1.0, 1e-15);
  // H(3/4, 1/4) - H(1/2, 1/2) / 2 = 0.8112781244591328 - 1/2 bits.
  EXPECT_NEAR(distance({1.0, 0.0}, {0.5, 0.5}), std::sqrt(0.3112781244591328), 1e-15);
  EXPECT_EQ(distance({1.0, 0.0}, {0.5, 0.5}), distance({0.5, 0.5}, {1.0, 0.0}));
}

TEST(JensenShannon, IsAMetric) {
  const std::vector<std::vector<double>> points = {
      {0.2, 0.3, 0.5}, {1.0, 0.0, 0.0}, {0.0, 0.999, 0.001}, {0.3, 0.4, 0.3}};
  for (const auto& a : points) {
    for (const auto& b : points) {
      for (const auto& c : points) {
        EXPECT_LE(distance(a, c), distance(a, b) + distance(b, c) + 1e-15);
      }
    }
  }
}

}  // namespace
}  // namespace svi_lda

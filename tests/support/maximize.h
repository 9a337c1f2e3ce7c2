#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "base/random.h"

namespace svi_lda::testing {

// The positive arguments with the greatest `value`, unimodal in each: golden section search in
// their logarithms, one after the other and then all together by a common factor, again and again.
// A slow twin of faster maximizers; right to about 1e-6, relatively.
inline std::vector<double> maximize(const std::function<double(const std::vector<double>&)>& value,
                                    std::vector<double> x, int rounds = 300) {
  const double golden = (std::sqrt(5.0) - 1.0) / 2.0;
  double reach = 4.0;  // of a search, in logarithms, to either side
  const auto search = [&](const std::function<std::vector<double>(double)>& at) {
    double low = -reach;
    double high = reach;
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double of_left = value(at(left));
    double of_right = value(at(right));
    while (high - low > 1e-3 * reach) {
      if (of_left < of_right) {
        low = left;
        left = right;
        of_left = of_right;
        right = low + golden * (high - low);
        of_right = value(at(right));
      } else {
        high = right;
        right = left;
        of_right = of_left;
        left = high - golden * (high - low);
        of_left = value(at(left));
      }
    }
    std::vector<double> best = at((low + high) / 2.0);
    if (value(best) > value(x)) x = best;
  };
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t k = 0; k < x.size(); ++k) {
      search([&](double by) {
        std::vector<double> moved = x;
        moved[k] *= std::exp(by);
        return moved;
      });
    }
    search([&](double by) {
      std::vector<double> moved = x;
      for (double& one : moved) one *= std::exp(by);
      return moved;
    });
    reach = std::max(reach * 0.95, 1e-4);
  }
  return x;
}

// log theta, theta ~ Dir(alpha), through Gamma variates of alpha_k + 1 (Marsaglia & Tsang 2000,
// section 6), in logarithms so that none becomes 0.
inline std::vector<double> draw_log_dirichlet(const std::vector<double>& alpha,
                                              RandomStream& random) {
  std::vector<double> logs;
  double most = -HUGE_VAL;
  for (const double a : alpha) {
    logs.push_back(std::log(random.gamma(a + 1.0)) + std::log(random.uniform()) / a);
    most = std::max(most, logs.back());
  }
  double sum = 0.0;
  for (const double x : logs) sum += std::exp(x - most);
  for (double& x : logs) x -= most + std::log(sum);
  return logs;
}

}  // namespace svi_lda::testing

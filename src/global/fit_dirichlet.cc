#include "global/fit_dirichlet.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "math/digamma.h"

namespace svi_lda {
namespace {

constexpr int kMostIterations = 200;
constexpr int kMostHalvings = 60;
// A Newton step that raises the objective by less, to first order, in nats a document.
constexpr double kLeastGain = 1e-13;
// No step divides alpha by more: far above its maximum a Newton step would end below 0.
constexpr double kMostShrinkage = 10.0;

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Whether the maximum over the range lies at the end that `alpha` stands at.
bool is_held(double alpha, double gradient) {
  return (alpha <= kLeastAlpha && gradient <= 0.0) || (alpha >= kMostAlpha && gradient >= 0.0);
}

// Newton's direction -H^-1 g; returns its inner product with g.
//   g_k = psi(Sum alpha) - psi(alpha_k) + m_k,   H = diag(h) + z 1 1',
//   h_k = -psi'(alpha_k),  z = psi'(Sum alpha)
// so that (H^-1 g)_k = (g_k - c) / h_k with c = Sum_j (g_j / h_j) / (1/z + Sum_j 1/h_j), over the
// topics that are not held.
double asymmetric_direction(std::span<const double> alpha, std::span<const double> mean_logs,
                            std::vector<double>& direction) {
  const std::size_t num_topics = alpha.size();
  const double total = sum(alpha);
  const double psi_total = digamma(total);
  std::vector<double> gradient(num_topics);
  std::vector<double> inverse(num_topics, 0.0);  // 1 / h_k, 0 where held
  double numerator = 0.0;
  double denominator = 1.0 / trigamma(total);
  for (std::size_t k = 0; k < num_topics; ++k) {
    gradient[k] = psi_total - digamma(alpha[k]) + mean_logs[k];
    if (is_held(alpha[k], gradient[k])) continue;
    inverse[k] = -1.0 / trigamma(alpha[k]);
    numerator += gradient[k] * inverse[k];
    denominator += inverse[k];
  }
  // Above 0 in exact arithmetic, as 1/psi' grows faster than its argument; K = 1 makes it 0.
  if (!(denominator > 0.0)) return 0.0;
  const double shift = numerator / denominator;
  double gain = 0.0;
  for (std::size_t k = 0; k < num_topics; ++k) {
    direction[k] = -(gradient[k] - shift) * inverse[k];
    gain += gradient[k] * direction[k];
  }
  return gain;
}

// The same along alpha_1 = ... = alpha_K.
double symmetric_direction(std::span<const double> alpha, std::span<const double> mean_logs,
                           std::vector<double>& direction) {
  const auto num_topics = static_cast<double>(alpha.size());
  const double a = alpha.front();
  const double gradient = num_topics * (digamma(num_topics * a) - digamma(a)) + sum(mean_logs);
  const double curvature =
      num_topics * (num_topics * trigamma(num_topics * a) - trigamma(a));  // below 0
  if (is_held(a, gradient) || !(curvature < 0.0)) return 0.0;
  const double step = -gradient / curvature;
  std::fill(direction.begin(), direction.end(), step);
  return gradient * step;
}

}  // namespace

double dirichlet_objective(std::span<const double> alpha, std::span<const double> mean_logs) {
  double value = log_gamma(sum(alpha));
  for (std::size_t k = 0; k < alpha.size(); ++k) {
    value += (alpha[k] - 1.0) * mean_logs[k] - log_gamma(alpha[k]);
  }
  return value;
}

std::vector<double> fit_dirichlet(std::span<const double> mean_logs, bool symmetric,
                                  std::vector<double> start) {
  if (start.size() < 2) return start;
  std::vector<double> alpha = std::move(start);
  for (double& a : alpha) a = std::clamp(a, kLeastAlpha, kMostAlpha);
  double value = dirichlet_objective(alpha, mean_logs);
  std::vector<double> direction(alpha.size());
  std::vector<double> trial(alpha.size());
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    const double gain = symmetric ? symmetric_direction(alpha, mean_logs, direction)
                                  : asymmetric_direction(alpha, mean_logs, direction);
    if (!(gain > kLeastGain)) break;
    double factor = 1.0;
    bool rises = false;
    for (int halving = 0; halving < kMostHalvings && !rises; ++halving, factor /= 2.0) {
      for (std::size_t k = 0; k < alpha.size(); ++k) {
        trial[k] = std::clamp(std::max(alpha[k] / kMostShrinkage, alpha[k] + factor * direction[k]),
                              kLeastAlpha, kMostAlpha);
      }
      const double there = dirichlet_objective(trial, mean_logs);
      rises = there > value;
      if (rises) value = there;
    }
    if (!rises) break;
    alpha.swap(trial);
  }
  return alpha;
}

}  // namespace svi_lda

#include "eval/coherence.h"

#include <cmath>
#include <limits>
#include <vector>

namespace svi_lda {
namespace {

constexpr double kEpsilon = 1e-12;

double npmi(const Cooccurrence& counts, std::size_t i, std::size_t j) {
  const auto windows = static_cast<double>(counts.windows);
  if (counts.pair(i, j) == counts.windows) return 1.0;
  const double joint = static_cast<double>(counts.pair(i, j)) / windows + kEpsilon;
  const double apart = static_cast<double>(counts.single[i]) / windows *
                       (static_cast<double>(counts.single[j]) / windows);
  return std::log(joint / apart) / -std::log(joint);
}

// Sum of squares.
double square(const std::vector<double>& vector) {
  double sum = 0.0;
  for (const double x : vector) sum += x * x;
  return sum;
}

}  // namespace

Coherence coherence(const Cooccurrence& counts) {
  std::vector<std::size_t> present;
  for (std::size_t i = 0; i < counts.num_words(); ++i) {
    if (counts.single[i] > 0) present.push_back(i);
  }
  const std::size_t n = present.size();
  Coherence result;
  result.absent = counts.num_words() - n;
  if (n < 2) {
    result.umass = result.npmi = result.c_v = std::numeric_limits<double>::quiet_NaN();
    return result;
  }
  std::vector<std::vector<double>> vectors(n, std::vector<double>(n));
  std::vector<double> total(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      vectors[i][j] = npmi(counts, present[i], present[j]);
      total[j] += vectors[i][j];
      if (j >= i) continue;
      result.npmi += vectors[i][j];
      result.umass += std::log((static_cast<double>(counts.pair(present[i], present[j])) + 1.0) /
                               static_cast<double>(counts.single[present[j]]));
    }
  }
  const double pairs = static_cast<double>(n) * static_cast<double>(n - 1) / 2.0;
  result.npmi /= pairs;
  result.umass /= pairs;
  const double length = std::sqrt(square(total));
  if (length == 0.0) return result;  // as the limit is
  for (const std::vector<double>& vector : vectors) {
    double dot = 0.0;
    for (std::size_t j = 0; j < n; ++j) dot += vector[j] * total[j];
    result.c_v += dot / (std::sqrt(square(vector)) * length) / static_cast<double>(n);
  }
  return result;
}

}  // namespace svi_lda

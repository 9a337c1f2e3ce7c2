// Compiled for this very processor, so nothing from the standard library that could become a
// function shared with files compiled for another.
#include "plain_loop.h"

#include <cmath>

namespace svi_lda::bench {
namespace {

// psi(x) = psi(x+6) - Sum_{i<6} 1/(x+i); psi(y) ~ log y - 1/(2y) - 1/(12y^2) + 1/(120y^4) -
// 1/(252y^6) (Abramowitz & Stegun 6.3.18).
float scalar_digamma(float x) {
  float shift = 0.0f;
  for (int i = 0; i < 6; ++i) {
    shift += 1.0f / x;
    x += 1.0f;
  }
  const float p = 1.0f / (x * x);
  const float series = p * (1.0f / 12.0f - p * (1.0f / 120.0f - p * (1.0f / 252.0f)));
  return std::log(x) - 0.5f / x - series - shift;
}

}  // namespace

void SVI_PLAIN_LOOP(const PlainDocument& document) {
  const std::size_t num_topics = document.num_topics;
  float* etheta = document.work;
  float* sum = document.work + num_topics;
  for (int iteration = 0; iteration < document.iterations; ++iteration) {
    for (std::size_t k = 0; k < num_topics; ++k) {
      etheta[k] = std::exp(scalar_digamma(document.gamma[k])) * document.topic_factor[k];
      sum[k] = 0.0f;
    }
    for (std::size_t i = 0; i < document.n; ++i) {
      const float* row = document.rows[i];
      float dot = 0.0f;
      for (std::size_t k = 0; k < num_topics; ++k) dot += etheta[k] * row[k];
      const float ratio = document.counts[i] / dot;
      for (std::size_t k = 0; k < num_topics; ++k) sum[k] += ratio * row[k];
    }
    for (std::size_t k = 0; k < num_topics; ++k) {
      document.gamma[k] = document.alpha[k] + etheta[k] * sum[k];
    }
  }
}

}  // namespace svi_lda::bench

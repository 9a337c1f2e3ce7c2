#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/eta.h"

namespace svi_lda {

// A word that is expected in a topic: its prior there is eta + extra.
struct SeededWord {
  std::uint32_t word = 0;
  std::uint32_t topic = 0;
  double extra = 0.0;  // > 0
};

// Dirichlet parameters: theta_d ~ Dir(alpha), beta_k ~ Dir(eta_k), eta_kw = eta_w but for
// seeded words.
struct Hyperparameters {
  std::vector<double> alpha;           // [K], each > 0, per topic (MALLET's "alpha" is their sum)
  double eta = 0.0;                    // > 0, of every word, or their mean
  std::vector<SeededWord> seeds = {};  // ascending by word, then topic; no pair twice
  std::vector<double> eta_words = {};  // [V], each > 0; empty where all words have `eta`

  Eta word_prior() const { return {eta, eta_words}; }
};

// gamma_dk = alpha_k + Sum_w n_dw phi_dwk for another alpha_k, phi as it is.
inline float gamma_for_alpha(float gamma, double from, double to) {
  return std::max(gamma - static_cast<float>(from), 0.0f) + static_cast<float>(to);
}

}  // namespace svi_lda

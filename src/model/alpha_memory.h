#pragma once

#include <vector>

namespace svi_lda {

// What learning alpha by minibatches carries from step to step: running means over documents, each
// blended with the step size. Empty where alpha is fixed, where the whole corpus is at hand
// (coordinate ascent), and before the first step.
struct AlphaMemory {
  std::vector<double> logs;    // [K], of E[log theta_dk] under q(theta_d) = Dir(gamma_d)
  std::vector<double> shares;  // [K], of alpha_k (psi(N_dk + alpha_k) - psi(alpha_k)), sampled
  double strength = 0.0;       // of psi(N_d + Sum alpha) - psi(Sum alpha), sampled
};

}  // namespace svi_lda

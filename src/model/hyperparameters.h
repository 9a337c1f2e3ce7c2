#pragma once

#include <vector>

namespace svi_lda {

// Dirichlet parameters: theta_d ~ Dir(alpha), beta_k ~ Dir(eta).
struct Hyperparameters {
  std::vector<double> alpha;  // [K], each > 0, per topic (MALLET's "alpha" is their sum)
  double eta = 0.0;           // > 0, the same for every word
};

}  // namespace svi_lda

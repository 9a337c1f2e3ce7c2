#pragma once

#include <cstdint>

namespace svi_lda {

// Robbins-Monro step sizes, rho_t = (tau0 + t)^-kappa for t = 1, 2, 3, ... (Hoffman et al. 2013,
// eq. 26). The conditions Sum rho = inf, Sum rho^2 < inf hold for kappa in (0.5, 1].
// First value: (tau0 + 1)^-kappa; with tau0 = 0 it is 1, and the first step forgets the start.
// (onlineldavb adds 1 to tau0 and starts at t = 0: the same numbers.)
class StepSize {
 public:
  StepSize(double tau0, double kappa) : tau0_(tau0), kappa_(kappa) {}
  // rho of step t >= 1; at most 1.
  double operator()(std::uint64_t t) const;

 private:
  double tau0_;
  double kappa_;
};

}  // namespace svi_lda

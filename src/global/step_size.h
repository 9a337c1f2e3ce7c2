#pragma once

#include <cstdint>

namespace svi_lda {

// Step sizes rho_t that are known beforehand, for t = 1, 2, 3, ...
class StepSize {
 public:
  // Robbins-Monro, rho_t = (tau0 + t)^-kappa (Hoffman et al. 2013, eq. 26). The conditions Sum rho
  // = inf, Sum rho^2 < inf hold for kappa in (0.5, 1]. First value: (tau0 + 1)^-kappa; with tau0 =
  // 0 it is 1, and the first step forgets the start. (onlineldavb adds 1 to tau0 and starts at t =
  // 0: the same numbers.)
  StepSize(double tau0, double kappa) : tau0_(tau0), kappa_(kappa) {}
  // The same rho in (0, 1] at every step: lambda is a mean over about the last 1 / rho minibatches,
  // and keeps their noise.
  static StepSize constant(double rho);
  // rho of step t >= 1; at most 1.
  double operator()(std::uint64_t t) const;

 private:
  double tau0_;
  double kappa_;
  double constant_ = 0.0;  // 0: Robbins-Monro
};

}  // namespace svi_lda

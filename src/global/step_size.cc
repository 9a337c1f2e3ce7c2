#include "global/step_size.h"

#include <algorithm>
#include <cmath>

namespace svi_lda {

StepSize StepSize::constant(double rho) {
  StepSize step_size(0.0, 1.0);
  step_size.constant_ = rho;
  return step_size;
}

double StepSize::operator()(std::uint64_t t) const {
  if (constant_ > 0.0) return constant_;
  return std::min(1.0, std::pow(tau0_ + static_cast<double>(t), -kappa_));
}

}  // namespace svi_lda

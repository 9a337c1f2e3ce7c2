#include "global/step_size.h"

#include <algorithm>
#include <cmath>

namespace svi_lda {

double StepSize::operator()(std::uint64_t t) const {
  return std::min(1.0, std::pow(tau0_ + static_cast<double>(t), -kappa_));
}

}  // namespace svi_lda

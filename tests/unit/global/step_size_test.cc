#include "global/step_size.h"

#include <gtest/gtest.h>

#include <cmath>

namespace svi_lda {
namespace {

TEST(StepSize, FirstValueIsThatOfStepOne) {
  // onlineldavb's first rho_t with tau0 = 64, kappa = 0.7: (64 + 1 + 0)^-0.7.
  EXPECT_NEAR(StepSize(64.0, 0.7)(1), 0.0538221014, 1e-10);
  EXPECT_DOUBLE_EQ(StepSize(1.0, 1.0)(1), 0.5);
}

TEST(StepSize, IsOneAtFirstWithoutDelay) {
  EXPECT_DOUBLE_EQ(StepSize(0.0, 0.7)(1), 1.0);
  EXPECT_LT(StepSize(0.0, 0.7)(2), 1.0);
}

TEST(StepSize, FallsAndStaysPositive) {
  const StepSize rho(10.0, 1.0);
  for (std::uint64_t t = 1; t < 1'000'000'000; t = t * 3 + 1) {
    EXPECT_GT(rho(t), rho(t + 1));
    EXPECT_GT(rho(t + 1), 0.0);
  }
}

TEST(StepSize, ConstantStaysAsItIs) {
  const StepSize rho = StepSize::constant(0.125);
  for (std::uint64_t t = 1; t < 1'000'000'000; t = t * 3 + 1) EXPECT_EQ(rho(t), 0.125);
}

}  // namespace
}  // namespace svi_lda

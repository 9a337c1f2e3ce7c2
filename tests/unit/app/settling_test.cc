#include "app/settling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace svi_lda {
namespace {

constexpr std::uint64_t kLate = 2000;
constexpr std::uint64_t kEarly = 1000;

// Perplexity after each of `passes`, falling by `slope` each time that the passes are multiplied by
// e, with `noise` up and down in turn.
std::vector<double> falling(std::size_t passes, double slope, double noise) {
  std::vector<double> out;
  for (std::size_t p = 1; p <= passes; ++p) {
    out.push_back(1000.0 - slope * std::log(static_cast<double>(p)) +
                  (p % 2 == 0 ? noise : -noise));
  }
  return out;
}

TEST(Settling, GoesOnWhileItFallsAndStopsWhereItHasCeasedTo) {
  for (const std::size_t passes : {6u, 7u, 20u, 99u}) {
    EXPECT_FALSE(perplexity_has_settled(falling(passes, 30.0, 0.0), kLate, 0.005)) << passes;
    EXPECT_FALSE(perplexity_has_settled(falling(passes, 30.0, 2.0), kLate, 0.005)) << passes;
    EXPECT_TRUE(perplexity_has_settled(falling(passes, 3.0, 0.0), kLate, 0.005)) << passes;
    EXPECT_TRUE(perplexity_has_settled(falling(passes, -3.0, 2.0), kLate, 0.005)) << passes;
  }
}

TEST(Settling, EarlyNothingEndsARun) {
  EXPECT_FALSE(perplexity_has_settled(falling(20, 3.0, 0.0), kEarly, 0.005));
  EXPECT_FALSE(perplexity_has_settled(falling(20, -30.0, 0.0), kEarly, 0.005));
}

TEST(Settling, FewPassesOrNoLeastGainNeverEndARun) {
  EXPECT_FALSE(perplexity_has_settled({}, kLate, 0.005));
  EXPECT_FALSE(perplexity_has_settled(falling(5, -300.0, 0.0), kLate, 0.005));
  EXPECT_FALSE(perplexity_has_settled(falling(50, -30.0, 0.0), kLate, 0.0));
}

}  // namespace
}  // namespace svi_lda

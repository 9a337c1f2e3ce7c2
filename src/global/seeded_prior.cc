#include "global/seeded_prior.h"

#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "global/global_step.h"

namespace svi_lda {
namespace {

// One of the two floats next to `value`, with the chances that make it the expected value.
float round_at_random(double value, std::uint64_t key) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  float below = static_cast<float>(value);
  if (static_cast<double>(below) > value) below = std::nextafter(below, -kInfinity);
  const float above = std::nextafter(below, kInfinity);
  const double low = static_cast<double>(below);
  const double chance = (value - low) / (static_cast<double>(above) - low);
  return RandomStream(key, RandomPurpose::kRounding, 0).uniform() < chance ? above : below;
}

}  // namespace

void add_seeded_prior(std::span<const SeededWord> seeds, double rho, std::uint64_t t,
                      std::uint64_t seed, Topics& topics) {
  if (seeds.empty()) return;
  std::vector<double> added(topics.num_topics(), 0.0);
  const bool stochastic = rho < kStochasticRoundingBelow;
  const std::uint64_t step_key = mix64(mix64(seed) ^ mix64(t));
  for (const SeededWord& seeded : seeds) {
    float& m = topics.row(seeded.word)[seeded.topic];
    const double sum = static_cast<double>(m) + rho * seeded.extra / topics.scale();
    const std::uint64_t place = std::uint64_t{seeded.word} << 32 | seeded.topic;
    m = stochastic ? round_at_random(sum, mix64(step_key ^ place)) : static_cast<float>(sum);
    added[seeded.topic] += rho * seeded.extra;
  }
  topics.add_to_row_sums(added);
}

}  // namespace svi_lda

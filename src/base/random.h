#pragma once

#include <cmath>
#include <cstdint>

namespace svi_lda {

// What a stream of random numbers is for; part of its key, so that two uses never share numbers.
enum class RandomPurpose : std::uint64_t {
  kInitialTopics = 1,
  kDocumentOrder = 2,
  kHeldOutChoice = 3,
  kCompletionSplit = 4,
  kRounding = 5,
  kSampling = 6,
  kProjection = 7,
  kTokenOrder = 8,
  kParticles = 9,
  kImportance = 10,
  kShuffleBuffer = 11,
};

// Finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection whose output bits all depend on
// all input bits.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// The key of all random numbers of one purpose in a run.
constexpr std::uint64_t random_key(std::uint64_t seed, RandomPurpose purpose) {
  return mix64(mix64(seed) ^ static_cast<std::uint64_t>(purpose));
}

// Whether Marsaglia & Tsang (2000) take their proposal d (1 + c x)^3, c = 1 / sqrt(9 d), for a
// Gamma(d + 1/3) variate: x from a standard normal, u uniform in (0, 1).
inline bool takes_gamma_proposal(double d, double x, double u) {
  const double t = 1.0 + x / std::sqrt(9.0 * d);
  if (t <= 0.0) return false;
  if (u < 1.0 - 0.0331 * x * x * x * x) return true;
  const double v = t * t * t;
  return std::log(u) < 0.5 * x * x + d * (1.0 - v + std::log(v));
}

// A stream keyed by (seed, purpose, index): its numbers depend on nothing else, so that work split
// over threads, or resumed, draws the same ones. SplitMix64 from a mixed key.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, RandomPurpose purpose, std::uint64_t index)
      : state_(mix64(random_key(seed, purpose) ^ index)) {}

  std::uint64_t next() {
    const std::uint64_t out = mix64(state_);
    state_ += 0x9e3779b97f4a7c15u;
    return out;
  }

  // Uniform in (0, 1), 53 bits.
  double uniform() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1.0p-53; }

  // Uniform in [0, n), n >= 1, without bias (Lemire 2019 by 128-bit product and rejection).
  std::uint64_t below(std::uint64_t n) {
    for (;;) {
      __extension__ using Wide = unsigned __int128;
      const Wide product = static_cast<Wide>(next()) * n;
      const auto low = static_cast<std::uint64_t>(product);
      if (low >= n || low >= (0 - n) % n) return static_cast<std::uint64_t>(product >> 64);
    }
  }

  // Standard normal (Marsaglia's polar method).
  double normal() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    for (;;) {
      const double u = 2.0 * uniform() - 1.0;
      const double v = 2.0 * uniform() - 1.0;
      const double q = u * u + v * v;
      if (q >= 1.0 || q == 0.0) continue;
      const double factor = std::sqrt(-2.0 * std::log(q) / q);
      spare_ = v * factor;
      has_spare_ = true;
      return u * factor;
    }
  }

  // Gamma(shape, scale 1), shape >= 1 (Marsaglia & Tsang 2000).
  double gamma(double shape) {
    const double d = shape - 1.0 / 3.0;
    for (;;) {
      const double x = normal();
      if (!takes_gamma_proposal(d, x, uniform())) continue;
      const double t = 1.0 + x / std::sqrt(9.0 * d);
      return d * t * t * t;
    }
  }

 private:
  std::uint64_t state_;
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace svi_lda

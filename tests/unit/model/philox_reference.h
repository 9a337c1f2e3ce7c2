#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace svi_lda {

// Philox4x32-10 as its authors write it (Salmon, Moraes, Dror, Shaw 2011), one counter at a time.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

struct ReferenceProposal {
  double normal;
  double uniform;
};

// What model/kernels.h promises for a topic of a word, in double.
inline ReferenceProposal reference_proposal(std::uint64_t key, std::uint32_t word,
                                            std::uint32_t topic) {
  const std::uint32_t pair = topic / 32 * 16 + topic % 16;
  const bool second = topic % 32 >= 16;
  const auto bits = philox(
      {pair, word, 0, 0}, {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)});
  // Rounded to float: what a small radius comes from.
  const float u = static_cast<float>(bits[0] / 2) * 0x1p-31f + 0x1p-32f;
  const double radius = std::sqrt(-2.0 * std::log(static_cast<double>(u)));
  const double angle = static_cast<std::int32_t>(bits[1]) * std::numbers::pi * 0x1p-31;
  return {radius * (second ? std::sin(angle) : std::cos(angle)),
          ((second ? bits[3] : bits[2]) / 256 + 0.5) * 0x1p-24};
}

}  // namespace svi_lda

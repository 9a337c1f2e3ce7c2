#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// A proposal of Marsaglia & Tsang (2000), "A simple method for generating gamma variables": from a
// standard normal x, d (1 + c x)^3 with c = 1 / sqrt(9 d) is taken for Gamma(d + 1/3) where
// log(uniform) < x^2/2 + d (1 - v + log v), v = (1 + c x)^3.
struct GammaProposal {
  std::uint32_t topic;
  float normal;
  float uniform;  // in (0, 1)
};

// The smallest d for which |c x| <= 1/4 for every normal that gamma_proposals() can draw.
inline constexpr double kLeastGammaD = 79.0;

// One proposal for each topic of a word: row[k] = scale (1 + c x_k)^3 - offset in [0, num_topics),
// 0 from there to `stride`. Those that are not taken for certain, one in 2700 at d = 100, go to
// `undecided` too; returns how many they are.
//   d >= kLeastGammaD; row 64-byte aligned, stride a multiple of 16; room for num_topics undecided
// The bits are Philox4x32-10's (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy
// as 1, 2, 3") at the counter (pair, word, 0, 0) under `key`, where topics k and k + 16 are a pair;
// the normals are Box & Muller's of 31 and 32 bits rounded to floats, |x| < 6.7, right to 3e-6 and
// the values to 1e-6 scale. For |t| <= 1/4, t = c x, the logarithm of the chance of being taken is
// 3 d (log(1 + t) - t
// + t^2/2 - t^3/3) >= -d t^4, so that uniform < 1 - d t^4 is taken.
std::size_t gamma_proposals(std::uint64_t key, std::uint32_t word, float d, float scale,
                            float offset, std::size_t num_topics, std::size_t stride, float* row,
                            GammaProposal* undecided);

}  // namespace svi_lda

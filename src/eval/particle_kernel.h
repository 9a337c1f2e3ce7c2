#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// Vector kernels of the left-to-right estimators, a particle in each lane. Topics run over
// [stride], K padded to a multiple of 16; arrays are 64-byte aligned.

inline constexpr std::size_t kParticleLanes = 16;

// The tokens of a document and kParticleLanes assignments z of them.
struct Particles {
  std::size_t num_topics = 0;
  const float* alpha = nullptr;        // [stride], padding 0
  const float* const* rows = nullptr;  // [tokens], each [stride]: E[beta_kw] of the token's word up
                                       // to a common factor, padding 0
  float* counts = nullptr;             // [stride x lanes], tokens that a particle gives a topic
  std::uint32_t* topics = nullptr;     // [tokens x lanes], z
  std::uint32_t* random = nullptr;     // [4 x lanes], state of xoshiro128+, not all 0 in a lane
  float* cumulative = nullptr;         // [stride x lanes], scratch
};

// One Gibbs sweep over the tokens before `end`, in order: each is drawn given all the others, z_n =
// k with weight (N_k + alpha_k) rows[n][k], N_k without the token itself.
void resample_tokens(const Particles& particles, std::size_t end);

// totals[lane] = Sum_k (N_k + alpha_k) rows[n][k], N_k of the tokens drawn so far; draws z_n with
// these weights.
void draw_token(const Particles& particles, std::size_t n, float* totals);

// Returns Sum_k (counts_k + alpha_k) row_k and adds to counts each topic's share of it: the token's
// responsibilities in place of a draw. counts, weight [stride]
float add_expected_token(const float* row, const float* alpha, std::size_t stride, float* counts,
                         float* weight);

}  // namespace svi_lda

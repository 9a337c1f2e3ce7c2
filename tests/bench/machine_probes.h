#pragma once

#include <cstddef>

namespace svi_lda::bench {

// Loops that do nothing but one thing, with the widest vectors that Highway finds at run time.

// `rounds` rounds of fused multiply-adds on registers, in enough independent chains to hide their
// latency. Returns a number that depends on all of them.
float fma_burst(std::size_t rounds, float factor, float addend);
// Operations of one round, a multiply-add counted as two.
std::size_t fma_burst_flops_per_round();

// Loads `n` floats (a multiple of kSweepUnit, 64-byte aligned) `sweeps` times over. Returns a
// number that depends on all of them.
float load_sweeps(const float* data, std::size_t n, std::size_t sweeps);
inline constexpr std::size_t kSweepUnit = 512;

}  // namespace svi_lda::bench

#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// m[k] += factor * sstats[k], rounded to nearest. Rows 64-byte aligned, stride a multiple of 16.
void add_scaled(const float* sstats, float factor, std::size_t stride, float* m);

// The same, rounded up or down at random so that the expected value is exact: the lost part of the
// sum is recovered (Knuth's TwoSum) and decides, with 24 random bits keyed by (key, k), which
// neighbour is taken.
void add_scaled_stochastic(const float* sstats, float factor, std::size_t stride, std::uint32_t key,
                           float* m);

}  // namespace svi_lda

#pragma once

#include <algorithm>
#include <cstddef>

#include "base/aligned.h"

namespace svi_lda {

// Asks for the cache lines of a row that is about to be used; of a long row the first ones, after
// which the processor's own prefetcher has caught on. Never faults.
inline void prefetch_row(const float* row, std::size_t floats) {
  constexpr std::size_t kMost = 16 * kLanePad;
  for (std::size_t k = 0; k < std::min(floats, kMost); k += kLanePad) {
    __builtin_prefetch(row + k);
  }
}

// Rows ahead of the one in use: enough to cover a memory access by the work on the rows between.
inline constexpr std::size_t kPrefetchDistance = 4;

}  // namespace svi_lda

#pragma once

#include <cstdint>

namespace svi_lda::bench {

// Time that the calling program has spent inside Parallel::for_chunks, the only place where more
// than one thread may work: what a stage takes besides is done by one thread alone.
struct RegionTime {
  double seconds = 0.0;
  std::uint64_t regions = 0;
};
RegionTime regions_so_far();

}  // namespace svi_lda::bench

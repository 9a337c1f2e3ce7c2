#include "region_clock.h"

#include <chrono>
#include <cstddef>
#include <optional>

#include "base/parallel.h"

// The linker leads calls of Parallel::for_chunks here (--wrap; the names are its own).
namespace svi_lda::bench {
namespace {
RegionTime g_so_far;
}  // namespace

using Body = FunctionRef<void(std::size_t, std::size_t, int)>;
using Beside = std::optional<BesideTasks>;

void real_for_chunks(const Parallel* self, std::size_t count, std::size_t chunk, Body body,
                     Beside beside, Schedule schedule) __asm__("__real_" SVI_FOR_CHUNKS);
void timed_for_chunks(const Parallel* self, std::size_t count, std::size_t chunk, Body body,
                      Beside beside, Schedule schedule) __asm__("__wrap_" SVI_FOR_CHUNKS);

// An exception ends the benchmark, so what it leaves uncounted does not matter.
void timed_for_chunks(const Parallel* self, std::size_t count, std::size_t chunk, Body body,
                      Beside beside, Schedule schedule) {
  const auto began = std::chrono::steady_clock::now();
  real_for_chunks(self, count, chunk, body, beside, schedule);
  g_so_far.seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  ++g_so_far.regions;
}

RegionTime regions_so_far() { return g_so_far; }

}  // namespace svi_lda::bench

#include "roofline.h"

#include <algorithm>

#include "machine.h"

namespace svi_lda::bench {

double bound_seconds(const Work& work) {
  double loads = 0.0;
  for (const Work::Traffic& part : work.traffic) {
    loads += part.bytes / machine().levels[part.level].bytes_per_second;
  }
  return std::max(work.flops / machine().flops_per_second, loads);
}

void count_work(benchmark::State& state, const Work& work, double calls) {
  constexpr auto kRate = benchmark::Counter::kIsIterationInvariantRate;
  double bytes = 0.0;
  for (const Work::Traffic& part : work.traffic) bytes += part.bytes;
  state.counters["flops"] = benchmark::Counter(calls * work.flops, kRate);
  state.counters["bytes"] = benchmark::Counter(calls * bytes, kRate);
  state.counters["share_of_bound"] = benchmark::Counter(calls * bound_seconds(work), kRate);
}

}  // namespace svi_lda::bench

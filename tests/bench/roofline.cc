#include "roofline.h"

#include <algorithm>
#include <numeric>

namespace svi_lda::bench {

Work& Work::load(double bytes, std::size_t working_set) {
  const auto& levels = machine().levels;
  double served = 0.0;  // share of the working set that the nearer levels hold
  for (std::size_t level = 0; level < levels.size(); ++level) {
    const double held =
        level + 1 == levels.size()
            ? 1.0
            : std::min(1.0, static_cast<double>(levels[level].capacity) /
                                static_cast<double>(std::max<std::size_t>(1, working_set)));
    loads_[level] += std::max(0.0, held - served) * bytes;
    served = std::max(served, held);
  }
  return *this;
}

double Work::bytes() const { return std::accumulate(loads_.begin(), loads_.end(), 0.0); }

double Work::bound_seconds() const {
  double loading = 0.0;
  for (std::size_t level = 0; level < loads_.size(); ++level) {
    loading += loads_[level] / machine().levels[level].bytes_per_second;
  }
  return std::max(flops_ / machine().flops_per_second, loading);
}

void count_work(benchmark::State& state, const Work& work, double calls) {
  constexpr auto kRate = benchmark::Counter::kIsIterationInvariantRate;
  state.counters["calls"] = calls;
  state.counters["flops"] = benchmark::Counter(calls * work.flops(), kRate);
  state.counters["bytes"] = benchmark::Counter(calls * work.bytes(), kRate);
  state.counters["share_of_bound"] = benchmark::Counter(calls * work.bound_seconds(), kRate);
}

}  // namespace svi_lda::bench

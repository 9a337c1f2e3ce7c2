#include "machine.h"

#include <benchmark/benchmark.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iomanip>
#include <limits>
#include <memory>
#include <new>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "machine_probes.h"

namespace svi_lda::bench {
namespace {

constexpr int kBursts = 100;
constexpr double kBurstSeconds = 1e-3;
constexpr int kMemorySweeps = 4;
constexpr std::size_t kHugePage = std::size_t{2} << 20;

template <typename Body>
double seconds_of(const Body& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

template <typename Body>
double least_seconds(int times, const Body& body) {
  double least = std::numeric_limits<double>::max();
  for (int i = 0; i < times; ++i) least = std::min(least, seconds_of(body));
  return least;
}

// Touched memory in huge pages where offered: the bound must not be one of address translation.
class SweptMemory {
 public:
  explicit SweptMemory(std::size_t bytes)
      : floats_(bytes / sizeof(float)),
        data_(static_cast<float*>(std::aligned_alloc(kHugePage, bytes)), &std::free) {
    if (!data_) throw std::bad_alloc();
    madvise(data_.get(), bytes, MADV_HUGEPAGE);  // a hint: nothing is lost where it is refused
    std::fill_n(data_.get(), floats_, 1.0f);
  }
  const float* data() const { return data_.get(); }
  std::size_t floats() const { return floats_; }

 private:
  std::size_t floats_;
  std::unique_ptr<float, decltype(&std::free)> data_;
};

double measure_flops() {
  constexpr std::size_t kTrial = 10'000;
  const auto burst = [](std::size_t rounds) {
    benchmark::DoNotOptimize(fma_burst(rounds, 0.5f, 1.0f));
  };
  const double trial = least_seconds(5, [&] { burst(kTrial); });
  const auto rounds = static_cast<std::size_t>(kTrial * kBurstSeconds / trial) + 1;
  const double seconds = least_seconds(kBursts, [&] { burst(rounds); });
  return static_cast<double>(rounds * fma_burst_flops_per_round()) / seconds;
}

double measure_loads(const SweptMemory& memory, std::size_t bytes, int bursts) {
  const std::size_t n = bytes / sizeof(float) / kSweepUnit * kSweepUnit;
  const auto burst = [&](std::size_t sweeps) {
    benchmark::DoNotOptimize(load_sweeps(memory.data(), n, sweeps));
  };
  const double once = least_seconds(3, [&] { burst(1); });
  const auto sweeps = static_cast<std::size_t>(kBurstSeconds / once) + 1;
  const double seconds = least_seconds(bursts, [&] { burst(sweeps); });
  return static_cast<double>(sweeps * n * sizeof(float)) / seconds;
}

// Halves of the memory by one thread each.
double measure_two_cores(const SweptMemory& memory) {
  const std::size_t half = memory.floats() / 2 / kSweepUnit * kSweepUnit;
  const Parallel pair(2);
  const double seconds = least_seconds(kMemorySweeps, [&] {
    pair.for_chunks(2, 1, [&](std::size_t begin, std::size_t, int) {
      benchmark::DoNotOptimize(load_sweeps(memory.data() + begin * half, half, 1));
    });
  });
  return static_cast<double>(2 * half * sizeof(float)) / seconds;
}

// The data caches of this processor, nearest first; the usual two where the system does not say.
std::vector<MemoryLevel> cache_levels() {
  std::vector<MemoryLevel> levels;
  for (const auto& cache : benchmark::CPUInfo::Get().caches) {
    if (cache.type == "Instruction" || cache.size <= 0) continue;
    std::string name = "L";
    name += std::to_string(cache.level);
    levels.push_back({std::move(name), static_cast<std::size_t>(cache.size), 0, 0.0});
  }
  if (levels.empty()) {
    levels = {{"L1", std::size_t{32} << 10, 0, 0.0}, {"L2", std::size_t{1} << 20, 0, 0.0}};
  }
  std::sort(levels.begin(), levels.end(),
            [](const MemoryLevel& a, const MemoryLevel& b) { return a.name < b.name; });
  return levels;
}

Machine measure() {
  Machine result;
  result.flops_per_second = measure_flops();
  result.levels = cache_levels();
  const std::size_t all = static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
                          static_cast<std::size_t>(sysconf(_SC_PAGE_SIZE));
  const std::size_t beyond_caches =
      std::clamp(2 * result.levels.back().capacity, std::size_t{256} << 20, std::size_t{1} << 30);
  const SweptMemory memory(std::min(beyond_caches, all / 4) / kHugePage * kHugePage);
  std::size_t nearer = 0;  // capacity of the level before
  for (MemoryLevel& level : result.levels) {
    // A large last cache is shared with other processors' work: take a part of it that is well
    // beyond the level before.
    level.swept = nearer == 0 ? level.capacity / 2 : std::min(level.capacity / 2, 16 * nearer);
    level.bytes_per_second = measure_loads(memory, level.swept, kBursts);
    nearer = level.capacity;
  }
  const std::size_t bytes = memory.floats() * sizeof(float);
  result.levels.push_back({"memory", all, bytes, measure_loads(memory, bytes, kMemorySweeps)});
  if (available_processors() > 1) result.memory_two_cores = measure_two_cores(memory);
  return result;
}

}  // namespace

const Machine& machine() {
  static const Machine measured = measure();
  return measured;
}

std::size_t level_that_holds(std::size_t bytes) {
  const auto& levels = machine().levels;
  std::size_t level = 0;
  while (level + 1 < levels.size() && bytes > levels[level].capacity) ++level;
  return level;
}

void print_load(std::ostream& out) {
  double load[3] = {};
  if (getloadavg(load, 3) != 3) return;
  out << std::fixed << std::setprecision(2) << "Load average " << load[0] << ' ' << load[1] << ' '
      << load[2] << " on " << available_processors() << " processors\n";
}

void print_machine(std::ostream& out) {
  const Machine& measured = machine();
  out << std::fixed << std::setprecision(1) << "Machine, best of many bursts on one core\n  "
      << measured.flops_per_second * 1e-9 << " GFLOP/s of float32 multiply-adds\n";
  for (const MemoryLevel& level : measured.levels) {
    out << "  " << std::setw(7) << level.bytes_per_second * 1e-9 << " GB/s loaded from "
        << level.name << " (swept " << level.swept / 1024 << " KiB of " << level.capacity / 1024
        << ")\n";
  }
  if (measured.memory_two_cores > 0.0) {
    out << "  " << std::setw(7) << measured.memory_two_cores * 1e-9
        << " GB/s loaded from memory by two cores together\n";
  }
}

}  // namespace svi_lda::bench

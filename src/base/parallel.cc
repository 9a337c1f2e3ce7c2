#include "base/parallel.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <vector>

#include "base/fp_mode.h"

// libgomp is not instrumented, so ThreadSanitizer cannot see that a region starts after what came
// before it and ends before what comes after. These two edges say so.
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#define SVI_ACQUIRE(address) __tsan_acquire(address)
#define SVI_RELEASE(address) __tsan_release(address)
#else
#define SVI_ACQUIRE(address) static_cast<void>(address)
#define SVI_RELEASE(address) static_cast<void>(address)
#endif

namespace svi_lda {
namespace {

// Chunks that one thread takes first, [next, end); on a cache line of its own.
struct alignas(64) Range {
  std::atomic<std::size_t> next{0};
  std::size_t end = 0;
};

struct Job {
  std::size_t count;
  std::size_t chunk;
  FunctionRef<void(std::size_t, std::size_t, int)> body;
  std::optional<BesideTasks> beside;
  std::vector<Range> ranges;  // one, or one a thread
  std::atomic<std::size_t> next_beside{0};
  std::atomic<bool> failed{false};
  std::mutex failure_mutex;
  std::exception_ptr failure;

  void work(int thread) {
    const FlushSubnormals flush;
    try {
      while (beside && !failed.load(std::memory_order_relaxed)) {
        const std::size_t taken = next_beside.fetch_add(1, std::memory_order_relaxed);
        if (taken >= beside->count) break;
        beside->task(taken);
      }
      for (std::size_t i = 0; i < ranges.size(); ++i) {
        Range& range = ranges[(static_cast<std::size_t>(thread) + i) % ranges.size()];
        while (!failed.load(std::memory_order_relaxed)) {
          const std::size_t taken = range.next.fetch_add(1, std::memory_order_relaxed);
          if (taken >= range.end) break;
          body(taken * chunk, std::min(count, (taken + 1) * chunk), thread);
        }
      }
    } catch (...) {
      const std::lock_guard lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      failed.store(true, std::memory_order_relaxed);  // the others stop at their next chunk
    }
  }
};

// The job of the region that runs now. A global rather than a captured variable, because a captured
// one is read by the workers before the acquire below.
Job* g_job = nullptr;
std::mutex g_region;
char g_start_edge;
char g_end_edge;

}  // namespace

Parallel::Parallel(int threads) : threads_(std::max(1, threads)) {}

void Parallel::for_chunks(std::size_t count, std::size_t chunk,
                          FunctionRef<void(std::size_t, std::size_t, int)> body,
                          std::optional<BesideTasks> beside, Schedule schedule) const {
  const std::size_t size = std::max<std::size_t>(1, chunk);
  const std::size_t chunks = (count + size - 1) / size;
  const std::size_t parts = chunks + (beside ? beside->count : 0);
  if (parts == 0) return;
  const auto team =
      static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(threads_), parts));
  const std::size_t ranges = schedule == Schedule::kByRange ? static_cast<std::size_t>(team) : 1;
  Job job{count, size, body, beside, std::vector<Range>(ranges), {}, {}, {}, {}};
  for (std::size_t i = 0; i < ranges; ++i) {
    job.ranges[i].next.store(chunks * i / ranges, std::memory_order_relaxed);
    job.ranges[i].end = chunks * (i + 1) / ranges;
  }
  if (team == 1) {
    job.work(0);
  } else {
    const std::lock_guard lock(g_region);
    g_job = &job;
    SVI_RELEASE(&g_start_edge);
#pragma omp parallel num_threads(team)
    {
      SVI_ACQUIRE(&g_start_edge);
      g_job->work(omp_get_thread_num());
      SVI_RELEASE(&g_end_edge);
    }
    SVI_ACQUIRE(&g_end_edge);
    g_job = nullptr;
  }
  if (job.failure) std::rethrow_exception(job.failure);
}

int available_processors() { return std::max(1, omp_get_num_procs()); }

}  // namespace svi_lda

#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace svi_lda {
namespace {

TEST(Parallel, CoversEveryIndexOnceInChunksOfFixedSize) {
  for (const int threads : {1, 2, 3, 8}) {
    const Parallel parallel(threads);
    for (const std::size_t count : {0u, 1u, 9u, 10u, 1000u}) {
      std::vector<int> seen(count, 0);
      parallel.for_chunks(count, 10, [&](std::size_t begin, std::size_t end, int thread) {
        EXPECT_EQ(begin % 10, 0u);
        EXPECT_LE(end - begin, 10u);
        EXPECT_GE(thread, 0);
        EXPECT_LT(thread, threads);
        for (std::size_t i = begin; i < end; ++i) ++seen[i];
      });
      EXPECT_EQ(seen, std::vector<int>(count, 1));
    }
  }
}

TEST(Parallel, ByRangeCoversEveryIndexOnceToo) {
  for (const int threads : {1, 2, 3, 8}) {
    const Parallel parallel(threads);
    for (const std::size_t count : {1u, 9u, 25u, 1000u}) {
      std::vector<int> seen(count, 0);
      std::vector<int> beside(5, 0);
      const auto task = [&](std::size_t i) { ++beside[i]; };
      parallel.for_chunks(
          count, 10,
          [&](std::size_t begin, std::size_t end, int) {
            EXPECT_EQ(begin % 10, 0u);
            for (std::size_t i = begin; i < end; ++i) ++seen[i];
          },
          BesideTasks{beside.size(), task}, Schedule::kByRange);
      EXPECT_EQ(seen, std::vector<int>(count, 1));
      EXPECT_EQ(beside, std::vector<int>(5, 1));
    }
  }
}

TEST(Parallel, TasksBesideAreDoneOnceEvenWithoutAnyChunk) {
  for (const int threads : {1, 2, 8}) {
    for (const std::size_t count : {0u, 1u, 3u, 20u}) {
      std::vector<int> beside(count, 0);
      const auto task = [&](std::size_t i) { ++beside[i]; };
      Parallel(threads).for_chunks(
          0, 4, [](std::size_t, std::size_t, int) { FAIL(); }, BesideTasks{count, task});
      EXPECT_EQ(beside, std::vector<int>(count, 1));
    }
  }
}

// Two tasks and a chunk that each wait for the others come to an end only if three threads have
// taken one each.
TEST(Parallel, TasksBesideAreEachTakenByOneThreadWhileTheOthersWork) {
  std::atomic<int> begun{0};
  const auto meet = [&] {
    ++begun;
    while (begun < 3) std::this_thread::yield();
  };
  const auto task = [&](std::size_t) { meet(); };
  Parallel(3).for_chunks(
      1, 1, [&](std::size_t, std::size_t, int) { meet(); }, BesideTasks{2, task});
  EXPECT_EQ(begun, 3);
}

TEST(Parallel, RethrowsWhatATaskBesideThrows) {
  const auto task = [](std::size_t i) {
    if (i == 1) throw std::runtime_error("task 1");
  };
  EXPECT_THROW(Parallel(2).for_chunks(
                   10, 1, [](std::size_t, std::size_t, int) {}, BesideTasks{2, task}),
               std::runtime_error);
}

TEST(Parallel, RethrowsTheFirstExceptionAndGoesOnWorking) {
  const Parallel parallel(3);
  std::atomic<int> done{0};
  EXPECT_THROW(parallel.for_chunks(1000, 1,
                                   [&](std::size_t begin, std::size_t, int) {
                                     if (begin == 5) throw std::runtime_error("chunk 5");
                                     ++done;
                                   }),
               std::runtime_error);
  done = 0;
  parallel.for_chunks(100, 1, [&](std::size_t, std::size_t, int) { ++done; });
  EXPECT_EQ(done, 100);
}

TEST(Parallel, FlushesSubnormalsInsideAndRestoresThemOutside) {
  volatile float tiny = 1e-38f;
  float inside = 1.0f;
  Parallel(1).for_chunks(1, 1, [&](std::size_t, std::size_t, int) { inside = tiny * 0.1f; });
  EXPECT_EQ(inside, 0.0f);
  EXPECT_GT(tiny * 0.1f, 0.0f);
}

}  // namespace
}  // namespace svi_lda

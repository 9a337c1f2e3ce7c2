#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
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
      std::atomic<int> beside{0};
      parallel.for_chunks(
          count, 10,
          [&](std::size_t begin, std::size_t end, int) {
            EXPECT_EQ(begin % 10, 0u);
            for (std::size_t i = begin; i < end; ++i) ++seen[i];
          },
          [&] { ++beside; }, Schedule::kByRange);
      EXPECT_EQ(seen, std::vector<int>(count, 1));
      EXPECT_EQ(beside, 1);
    }
  }
}

TEST(Parallel, BesideRunsOnceEvenWithoutAnyChunk) {
  int beside = 0;
  Parallel(2).for_chunks(
      0, 4, [](std::size_t, std::size_t, int) { FAIL(); }, [&] { ++beside; });
  EXPECT_EQ(beside, 1);
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

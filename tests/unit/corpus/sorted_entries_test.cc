#include "corpus/sorted_entries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace svi_lda {
namespace {

// More than two runs of a million.
TEST(SortedEntries, MergesItsRuns) {
  std::mt19937_64 random(1);
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> expected;
  SortedEntries entries;
  for (std::uint32_t i = 0; i < 2'500'000; ++i) {
    const auto doc = static_cast<std::uint32_t>(random() % 1000);
    const auto word = static_cast<std::uint32_t>(random() % 1'000'000);
    expected.emplace_back(doc, word, i);
    entries.add({doc, word, 1, i});
  }
  std::sort(expected.begin(), expected.end());
  entries.sort();
  SortedEntries::Entry entry = {};
  std::size_t wrong = 0;
  for (const auto& next : expected) {
    ASSERT_TRUE(entries.next(entry));
    wrong += std::tuple(entry.doc, entry.word, entry.line) != next ? 1 : 0;
  }
  EXPECT_EQ(wrong, 0u);
  EXPECT_FALSE(entries.next(entry));
}

}  // namespace
}  // namespace svi_lda

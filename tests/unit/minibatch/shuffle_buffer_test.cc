#include "minibatch/shuffle_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

// Documents 1 .. n; document i has the words i and 1000 i, once and i times.
class Counting : public DocumentStream {
 public:
  explicit Counting(std::uint64_t docs, std::uint64_t broken = 0) : docs_(docs), broken_(broken) {}
  bool next(Document& document, std::uint64_t& number) override {
    if (read_ == docs_) return false;
    number = ++read_;
    if (number == broken_) throw std::runtime_error("broken");
    const auto i = static_cast<std::uint32_t>(number);
    document = testing::make_document({{i, 1}, {1000 * i, i}});
    return true;
  }

 private:
  std::uint64_t docs_;
  std::uint64_t broken_;
  std::uint64_t read_ = 0;
};

// The numbers of all documents as they come, each checked to be whole.
std::vector<std::uint64_t> order(std::uint64_t docs, std::uint64_t capacity, std::uint64_t seed) {
  ShuffleBuffer buffer(std::make_unique<Counting>(docs), capacity, seed);
  std::vector<std::uint64_t> numbers;
  Document document;
  std::uint64_t number = 0;
  while (buffer.next(document, number)) {
    const auto i = static_cast<std::uint32_t>(number);
    EXPECT_EQ(document.words, (std::vector<std::uint32_t>{i, 1000 * i}));
    EXPECT_EQ(document.counts, (std::vector<std::uint32_t>{1, i}));
    numbers.push_back(number);
  }
  EXPECT_FALSE(buffer.next(document, number)) << "it stays at its end";
  return numbers;
}

std::vector<std::uint64_t> from_one_to(std::uint64_t docs) {
  std::vector<std::uint64_t> numbers(docs);
  std::iota(numbers.begin(), numbers.end(), 1);
  return numbers;
}

TEST(ShuffleBuffer, HandsOutEachDocumentOnce) {
  for (const std::uint64_t docs : {0, 1, 2, 9, 10, 11, 500}) {
    for (const std::uint64_t capacity : {2, 10, 499, 500, 10000}) {
      std::vector<std::uint64_t> numbers = order(docs, capacity, 1);
      std::sort(numbers.begin(), numbers.end());
      EXPECT_EQ(numbers, from_one_to(docs)) << docs << " through " << capacity;
    }
  }
}

TEST(ShuffleBuffer, WithoutRoomKeepsTheOrder) {
  for (const std::uint64_t capacity : {0, 1}) {
    EXPECT_EQ(order(100, capacity, 1), from_one_to(100));
  }
}

TEST(ShuffleBuffer, ComesNoEarlierThanItsRoomAllows) {
  constexpr std::uint64_t kCapacity = 50;
  const auto numbers = order(5000, kCapacity, 3);
  std::uint64_t earliest = 0;
  for (std::uint64_t place = 0; place < numbers.size(); ++place) {
    ASSERT_LE(numbers[place], place + kCapacity);
    earliest += numbers[place] == place + kCapacity ? 1 : 0;
  }
  EXPECT_GT(earliest, 50u) << "one in fifty is drawn as soon as it was read";
}

// A document stays for a geometrically distributed number of draws, of mean capacity, and comes
// that much later than it was read, capacity - 1 places before its own.
TEST(ShuffleBuffer, KeepsADocumentForAsManyDrawsAsItHasPlaces) {
  constexpr double kCapacity = 200.0;
  const auto numbers = order(100'000, static_cast<std::uint64_t>(kCapacity), 5);
  double sum = 0.0;
  double after_a_capacity = 0.0;
  double counted = 0.0;
  for (std::uint64_t place = 0; place + 5000 < numbers.size(); ++place) {
    if (numbers[place] <= 5000) continue;  // those of the first filling had less to wait
    const double draws =
        static_cast<double>(place) + kCapacity - static_cast<double>(numbers[place]) + 1.0;
    sum += draws;
    after_a_capacity += draws > kCapacity ? 1.0 : 0.0;
    counted += 1.0;
  }
  // Standard errors: 0.7 draws, 0.0016.
  EXPECT_NEAR(sum / counted, kCapacity, 3.0);
  EXPECT_NEAR(after_a_capacity / counted, std::exp(-1.0), 0.008);
}

// All orders of four documents in a buffer that holds them, by 24,000 seeds: chi-square with 23
// degrees of freedom is above 57 once in ten thousand times.
TEST(ShuffleBuffer, TakesAllOrdersOfWhatItHoldsAlike) {
  constexpr int kSeeds = 24'000;
  std::map<std::vector<std::uint64_t>, int> seen;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) ++seen[order(4, 10, seed)];
  ASSERT_EQ(seen.size(), 24u);
  double chi_square = 0.0;
  for (const auto& [numbers, count] : seen) chi_square += (count - 1000.0) * (count - 1000.0);
  EXPECT_LT(chi_square / 1000.0, 57.0);
}

TEST(ShuffleBuffer, IsAFunctionOfTheSeedAlone) {
  EXPECT_EQ(order(300, 40, 7), order(300, 40, 7));
  EXPECT_NE(order(300, 40, 7), order(300, 40, 8));
  EXPECT_NE(order(300, 40, 7), order(300, 41, 7));
  // More documents behind it do not change what comes before they are read.
  const auto longer = order(1000, 40, 7);
  const auto shorter = order(300, 40, 7);
  EXPECT_TRUE(std::equal(shorter.begin(), shorter.begin() + 260, longer.begin()));
}

TEST(ShuffleBuffer, PassesAFailureOn) {
  ShuffleBuffer buffer(std::make_unique<Counting>(100, 31), 10, 1);
  Document document;
  std::uint64_t number = 0;
  for (int i = 0; i < 21; ++i) ASSERT_TRUE(buffer.next(document, number)) << i;
  EXPECT_THROW(buffer.next(document, number), std::runtime_error);
}

}  // namespace
}  // namespace svi_lda

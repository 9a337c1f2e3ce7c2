#include "minibatch/document_order.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace svi_lda {
namespace {

TEST(DocumentOrder, IsAPermutationForEverySize) {
  for (std::uint64_t docs = 1; docs < 300; ++docs) {
    const DocumentOrder order(docs, 7, 3);
    std::vector<bool> seen(docs, false);
    for (std::uint64_t place = 0; place < docs; ++place) {
      const std::uint64_t d = order(place);
      ASSERT_LT(d, docs);
      ASSERT_FALSE(seen[d]) << docs << " documents, place " << place;
      seen[d] = true;
    }
  }
}

TEST(DocumentOrder, BlocksHoldTheSameDocumentsInEveryPass) {
  for (const bool shuffled : {false, true}) {
    for (const std::uint64_t docs : {1u, 30u, 95u, 100u}) {
      constexpr std::uint64_t kBlock = 10;
      std::set<std::vector<std::uint64_t>> first;
      std::set<std::vector<std::vector<std::uint64_t>>> orders;
      for (std::uint64_t pass = 0; pass < 5; ++pass) {
        const DocumentOrder order = DocumentOrder::of_blocks(docs, kBlock, shuffled, 7, pass);
        std::vector<std::vector<std::uint64_t>> blocks;
        std::set<std::uint64_t> seen;
        for (std::uint64_t place = 0; place < docs; ++place) {
          if (place % kBlock == 0) blocks.emplace_back();
          blocks.back().push_back(order(place));
          seen.insert(order(place));
        }
        EXPECT_EQ(seen.size(), docs);
        EXPECT_EQ(*seen.rbegin(), docs - 1);
        const std::set<std::vector<std::uint64_t>> composition(blocks.begin(), blocks.end());
        if (pass == 0) {
          first = composition;
          for (std::uint64_t place = 0; place < docs; ++place) {
            const std::uint64_t expected = shuffled ? DocumentOrder(docs, 7, 0)(place) : place;
            EXPECT_EQ(blocks[place / kBlock][place % kBlock], expected);
          }
        }
        EXPECT_EQ(composition, first) << docs << " documents, pass " << pass;
        orders.insert(blocks);
      }
      EXPECT_EQ(orders.size() > 1, docs > kBlock) << "blocks are visited in another order";
    }
  }
}

TEST(DocumentOrder, DiffersBetweenPassesAndSeeds) {
  const std::uint64_t docs = 10000;
  const DocumentOrder a(docs, 1, 0);
  const DocumentOrder b(docs, 1, 1);
  const DocumentOrder c(docs, 2, 0);
  int same_pass = 0;
  int same_seed = 0;
  for (std::uint64_t place = 0; place < docs; ++place) {
    same_pass += a(place) == b(place);
    same_seed += a(place) == c(place);
  }
  // Two random permutations agree in one place on average.
  EXPECT_LT(same_pass, 10);
  EXPECT_LT(same_seed, 10);
}

TEST(DocumentOrder, SpreadsNeighboursEvenly) {
  // The mean of the first thousand places is that of a uniform draw without replacement.
  const std::uint64_t docs = 100000;
  for (std::uint64_t pass = 0; pass < 20; ++pass) {
    const DocumentOrder order(docs, 5, pass);
    double mean = 0.0;
    for (std::uint64_t place = 0; place < 1000; ++place) {
      mean += static_cast<double>(order(place)) / 1000.0;
    }
    const double standard_error = static_cast<double>(docs) / std::sqrt(12.0 * 1000.0);
    EXPECT_NEAR(mean, static_cast<double>(docs) / 2.0, 4.5 * standard_error) << "pass " << pass;
  }
}

TEST(DocumentOrder, OfTheFileIsTheIdentity) {
  const DocumentOrder order(100);
  for (std::uint64_t place = 0; place < 100; ++place) EXPECT_EQ(order(place), place);
}

}  // namespace
}  // namespace svi_lda

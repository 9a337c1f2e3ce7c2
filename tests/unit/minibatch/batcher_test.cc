#include "minibatch/batcher.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

// Documents 1 .. n of a pass; document i holds word i - 1.
class Counting : public DocumentStream {
 public:
  Counting(std::uint64_t docs, std::uint64_t skip) : docs_(docs), next_(skip) {}
  bool next(Document& document, std::uint64_t& number) override {
    if (next_ == docs_) return false;
    document = testing::make_document({{static_cast<std::uint32_t>(next_), 1}});
    number = ++next_;
    return true;
  }

 private:
  std::uint64_t docs_;
  std::uint64_t next_;
};

Batcher::OpenPass counting(std::uint64_t docs) {
  return
      [docs](std::uint64_t, std::uint64_t skip) { return std::make_unique<Counting>(docs, skip); };
}

TEST(Batcher, LastMinibatchOfAPassIsSmallerAndEndsThePass) {
  Batcher batcher(counting(10), 10, 4, 2, 0, 0);
  Minibatch batch;
  std::vector<std::vector<std::uint64_t>> positions;
  while (batcher.next(batch))
    positions.push_back({batch.num_docs(), batcher.pass(), batcher.docs()});
  EXPECT_EQ(positions, (std::vector<std::vector<std::uint64_t>>{
                           {4, 0, 4}, {4, 0, 8}, {2, 1, 0}, {4, 1, 4}, {4, 1, 8}, {2, 2, 0}}));
}

TEST(Batcher, PassOfWholeMinibatchesEndsWithItsLastOne) {
  Batcher batcher(counting(8), 8, 4, 1, 0, 0);
  Minibatch batch;
  ASSERT_TRUE(batcher.next(batch));
  EXPECT_EQ(batcher.pass(), 0u);
  ASSERT_TRUE(batcher.next(batch));
  EXPECT_EQ(batch.num_docs(), 4u);
  EXPECT_EQ(batcher.pass(), 1u);
  EXPECT_EQ(batcher.docs(), 0u);
  EXPECT_FALSE(batcher.next(batch));
}

TEST(Batcher, GoesOnFromAnyPositionThatItWasIn) {
  std::vector<std::vector<std::uint64_t>> whole;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> positions{{0, 0}};
  Minibatch batch;
  Batcher all(counting(11), 11, 3, 3, 0, 0);
  while (all.next(batch)) {
    whole.push_back(batch.doc_number);
    positions.emplace_back(all.pass(), all.docs());
  }
  for (std::size_t start = 0; start < positions.size(); ++start) {
    Batcher rest(counting(11), 11, 3, 3, positions[start].first, positions[start].second);
    std::vector<std::vector<std::uint64_t>> seen;
    while (rest.next(batch)) seen.push_back(batch.doc_number);
    EXPECT_EQ(seen, std::vector(whole.begin() + static_cast<long>(start), whole.end()));
  }
}

}  // namespace
}  // namespace svi_lda

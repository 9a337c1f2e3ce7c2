#include "minibatch/batcher.h"

#include <gtest/gtest.h>

#include <mutex>
#include <stdexcept>
#include <vector>

#include "base/parallel.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

// Documents 1 .. n in every pass; document i holds word i - 1. Can break when one is read.
class Counting : public PassSource {
 public:
  Counting(std::uint64_t docs, bool by_place, std::uint64_t broken = 0)
      : docs_(docs), by_place_(by_place), broken_(broken) {}

  std::unique_ptr<DocumentStream> open_pass(std::uint64_t, std::uint64_t skip) override {
    const std::lock_guard lock(mutex_);
    ++opened_;
    return std::make_unique<Stream>(*this, skip);
  }
  std::optional<std::uint64_t> docs_by_place(std::uint64_t) const override {
    return by_place_ ? std::optional(docs_) : std::nullopt;
  }
  int opened() const { return opened_; }

 private:
  class Stream : public DocumentStream {
   public:
    Stream(const Counting& source, std::uint64_t skip) : source_(source), next_(skip) {}
    bool next(Document& document, std::uint64_t& number) override {
      if (next_ == source_.docs_) return false;
      document = testing::make_document({{static_cast<std::uint32_t>(next_), 1}});
      number = ++next_;
      if (number == source_.broken_) throw std::runtime_error("broken");
      return true;
    }

   private:
    const Counting& source_;
    std::uint64_t next_;
  };

  std::uint64_t docs_;
  bool by_place_;
  std::uint64_t broken_;
  std::mutex mutex_;
  int opened_ = 0;
};

// The documents and the position after it of every minibatch.
struct Handed {
  std::vector<std::uint64_t> documents;
  std::uint64_t pass;
  std::uint64_t docs;
  bool operator==(const Handed&) const = default;
};

// Every minibatch; where `threads` > 0, those in work are worked on in between.
std::vector<Handed> all_of(Batcher& batcher, int threads = 0) {
  std::vector<Handed> out;
  Minibatch batch;
  while (batcher.next(batch)) {
    out.push_back({batch.doc_number, batcher.pass(), batcher.docs()});
    EXPECT_EQ(batch.tokens, batch.num_docs());
    if (threads == 0) continue;
    const auto work = [&](std::size_t i) { batcher.read_ahead(i); };
    Parallel(threads).for_chunks(
        2, 1, [](std::size_t, std::size_t, int) {}, BesideTasks{batcher.num_ahead(), work});
  }
  return out;
}

TEST(Batcher, LastMinibatchOfAPassIsSmallerAndEndsThePass) {
  const std::vector<Handed> expected = {{{1, 2, 3, 4}, 0, 4}, {{5, 6, 7, 8}, 0, 8},
                                        {{9, 10}, 1, 0},      {{1, 2, 3, 4}, 1, 4},
                                        {{5, 6, 7, 8}, 1, 8}, {{9, 10}, 2, 0}};
  for (const bool by_place : {false, true}) {
    Counting source(10, by_place);
    Batcher batcher(source, 10, 4, 2, 0, 0);
    EXPECT_EQ(all_of(batcher), expected);
  }
}

TEST(Batcher, PassOfWholeMinibatchesEndsWithItsLastOne) {
  for (const bool by_place : {false, true}) {
    Counting source(8, by_place);
    Batcher batcher(source, 8, 4, 1, 0, 0);
    EXPECT_EQ(all_of(batcher), (std::vector<Handed>{{{1, 2, 3, 4}, 0, 4}, {{5, 6, 7, 8}, 1, 0}}));
  }
}

TEST(Batcher, GoesOnFromAnyPositionThatItWasIn) {
  for (const bool by_place : {false, true}) {
    for (const std::size_t depth : {1u, 4u}) {
      Counting source(11, by_place);
      Batcher whole_batcher(source, 11, 3, 3, 0, 0, depth);
      const std::vector<Handed> whole = all_of(whole_batcher);
      for (std::size_t done = 1; done <= whole.size(); ++done) {
        Batcher rest(source, 11, 3, 3, whole[done - 1].pass, whole[done - 1].docs, depth);
        EXPECT_EQ(all_of(rest), std::vector(whole.begin() + static_cast<long>(done), whole.end()));
      }
    }
  }
}

TEST(Batcher, HandsOutTheSameAtEveryDepthWhereverTheWorkIsDone) {
  for (const bool by_place : {false, true}) {
    for (const std::uint64_t batch_size : {1u, 5u, 16u, 100u}) {
      Counting source(53, by_place);
      Batcher alone(source, 53, batch_size, 4, 0, 0);
      const std::vector<Handed> expected = all_of(alone);
      for (const std::size_t depth : {1u, 2u, 3u, 8u}) {
        for (const int threads : {1, 2, 5}) {
          Batcher batcher(source, 53, batch_size, 4, 0, 0, depth);
          EXPECT_EQ(all_of(batcher, threads), expected)
              << "batch " << batch_size << " depth " << depth << " threads " << threads;
        }
      }
    }
  }
}

TEST(Batcher, KeepsSeveralAheadByPlaceAndOneInAStream) {
  Minibatch batch;
  Counting places(100, true);
  Batcher several(places, 100, 10, 1, 0, 0, 4);
  EXPECT_EQ(several.num_ahead(), 4u);  // before the first is asked for, too
  ASSERT_TRUE(several.next(batch));
  EXPECT_EQ(several.num_ahead(), 4u);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(several.next(batch));
  EXPECT_EQ(several.num_ahead(), 1u);  // no more than there are

  Counting stream(100, false);
  Batcher one(stream, 100, 10, 2, 0, 0, 4);
  const std::vector<Handed> seen = all_of(one, 3);
  EXPECT_EQ(seen.size(), 20u);
  EXPECT_EQ(stream.opened(), 2);  // once a pass
}

// What a minibatch needs is read in equal parts, the last of them before it is handed out.
TEST(Batcher, WorkOnAMinibatchIsSpreadOverTheStepsBeforeIt) {
  Counting source(800, true);
  Batcher batcher(source, 800, 100, 1, 0, 0, 4);
  Minibatch batch;
  ASSERT_TRUE(batcher.next(batch));
  EXPECT_EQ(source.opened(), 1);
  batcher.read_ahead(3);
  EXPECT_EQ(source.opened(), 2);  // begun
  batcher.read_ahead(0);
  batcher.read_ahead(1);
  batcher.read_ahead(2);
  EXPECT_EQ(source.opened(), 5);
  ASSERT_TRUE(batcher.next(batch));
  EXPECT_EQ(source.opened(), 5);
  EXPECT_EQ(batch.doc_number.front(), 101u);
}

TEST(Batcher, AFailureBelongsToItsMinibatch) {
  for (const bool by_place : {false, true}) {
    for (const std::size_t depth : {1u, 8u}) {
      for (const int threads : {0, 1, 3}) {
        Counting source(100, by_place, 35);
        Batcher batcher(source, 100, 10, 1, 0, 0, depth);
        Minibatch batch;
        const auto work = [&](std::size_t i) { batcher.read_ahead(i); };
        for (std::uint64_t step = 1; step <= 3; ++step) {
          ASSERT_TRUE(batcher.next(batch));
          EXPECT_EQ(batch.num_docs(), 10u);
          EXPECT_EQ(batcher.docs(), 10 * step);
          if (threads == 0) continue;
          EXPECT_NO_THROW(Parallel(threads).for_chunks(
              2, 1, [](std::size_t, std::size_t, int) {}, BesideTasks{batcher.num_ahead(), work}));
        }
        EXPECT_THROW(batcher.next(batch), std::runtime_error);
        EXPECT_THROW(batcher.next(batch), std::runtime_error);
        EXPECT_EQ(batcher.docs(), 30u);
      }
    }
  }
}

}  // namespace
}  // namespace svi_lda

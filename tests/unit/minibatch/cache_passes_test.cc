#include "minibatch/cache_passes.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

class CachePassesTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kDocs = 3000;
  static constexpr std::uint32_t kVocab = 400;

  CachePassesTest() : documents_(testing::random_documents(kDocs, kVocab, 60, 7)) {
    const std::string path = folder_.file("cache");
    CacheWriter writer(path);
    for (const Document& document : documents_) writer.add(document.view());
    writer.finish(kVocab);
    cache_ = std::make_unique<CacheReader>(path);
  }

  TemporaryFolder folder_;
  std::vector<Document> documents_;
  std::unique_ptr<CacheReader> cache_;
};

TEST_F(CachePassesTest, HandsOutTheDocumentsOfAPassInItsOrderFromAnyPlace) {
  const auto order_of = [](std::uint64_t pass) { return DocumentOrder(kDocs, 3, pass); };
  CachePasses passes(*cache_, order_of);
  EXPECT_EQ(passes.docs_by_place(5), kDocs);
  for (const std::uint64_t skip : {std::uint64_t{0}, kDocs - 2, kDocs}) {
    const DocumentOrder order = order_of(2);
    const auto stream = passes.open_pass(2, skip);
    Document document;
    std::uint64_t number = 0;
    for (std::uint64_t place = skip; place < kDocs; ++place) {
      ASSERT_TRUE(stream->next(document, number));
      ASSERT_EQ(number, order(place) + 1);
      ASSERT_EQ(document.words, documents_[number - 1].words);
      ASSERT_EQ(document.counts, documents_[number - 1].counts);
    }
    EXPECT_FALSE(stream->next(document, number));
  }
}

// Each stream's releases take pages from under the others.
TEST_F(CachePassesTest, ManyStreamsReadAtTheSameTime) {
  constexpr std::size_t kStreams = 12;
  CachePasses passes(*cache_, [](std::uint64_t pass) { return DocumentOrder(kDocs, 3, pass); });
  std::vector<std::uint64_t> right(kStreams, 0);
  Parallel(6).for_chunks(kStreams, 1, [&](std::size_t pass, std::size_t, int) {
    const auto stream = passes.open_pass(pass, 0);
    Document document;
    std::uint64_t number = 0;
    while (stream->next(document, number)) {
      const Document& expected = documents_[number - 1];
      right[pass] += document.words == expected.words && document.counts == expected.counts;
    }
  });
  EXPECT_EQ(right, std::vector<std::uint64_t>(kStreams, kDocs));
}

}  // namespace
}  // namespace svi_lda

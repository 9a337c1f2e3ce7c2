#include "minibatch/minibatch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_document;
using testing::make_minibatch;
using testing::random_documents;

TEST(MinibatchBuilder, StoresDocumentsAndTheirTranspose) {
  const Minibatch batch =
      make_minibatch({make_document({{70, 2}, {3, 1}}), {}, make_document({{3, 5}})}, 100);
  EXPECT_EQ(batch.words, (std::vector<std::uint32_t>{3, 70}));
  EXPECT_EQ(batch.doc_begin, (std::vector<std::uint32_t>{0, 2, 2, 3}));
  EXPECT_EQ(batch.entry_word, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(batch.entry_count, (std::vector<float>{1, 2, 5}));
  EXPECT_EQ(batch.word_begin, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_EQ(batch.place_entry, (std::vector<std::uint32_t>{0, 2, 1}));
  EXPECT_EQ(batch.place_doc, (std::vector<std::uint32_t>{0, 2, 0}));
  EXPECT_EQ(batch.tokens, 8u);
  EXPECT_EQ(batch.doc_number, (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST(MinibatchBuilder, TransposeHoldsEveryEntryOnceInDocumentOrder) {
  MinibatchBuilder builder(500);
  Minibatch batch;  // reused: nothing of one minibatch may reach the next
  for (std::uint64_t round = 0; round < 5; ++round) {
    const auto documents = random_documents(40, 500, 60, round);
    for (std::size_t d = 0; d < documents.size(); ++d) builder.add(documents[d].view(), d + 1);
    builder.build(batch);
    ASSERT_TRUE(std::is_sorted(batch.words.begin(), batch.words.end()));
    std::vector<int> seen(batch.num_entries(), 0);
    for (std::size_t w = 0; w < batch.num_words(); ++w) {
      ASSERT_LT(batch.word_begin[w], batch.word_begin[w + 1]);
      for (std::uint32_t p = batch.word_begin[w]; p < batch.word_begin[w + 1]; ++p) {
        const std::uint32_t e = batch.place_entry[p];
        ++seen[e];
        EXPECT_EQ(batch.entry_word[e], w);
        EXPECT_GE(e, batch.doc_begin[batch.place_doc[p]]);
        EXPECT_LT(e, batch.doc_begin[batch.place_doc[p] + 1]);
        if (p > batch.word_begin[w]) {
          EXPECT_LT(batch.place_doc[p - 1], batch.place_doc[p]);
        }
      }
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), static_cast<long>(seen.size()));
    for (std::size_t d = 0; d < documents.size(); ++d) {
      ASSERT_EQ(batch.doc_begin[d + 1] - batch.doc_begin[d], documents[d].words.size());
      for (std::size_t i = 0; i < documents[d].words.size(); ++i) {
        const std::size_t e = batch.doc_begin[d] + i;
        EXPECT_EQ(batch.words[batch.entry_word[e]], documents[d].words[i]);
        EXPECT_EQ(batch.entry_count[e], static_cast<float>(documents[d].counts[i]));
      }
    }
  }
}

TEST(MinibatchBuilder, GivesTheSameInPartsOfAnySize) {
  const auto documents = random_documents(23, 300, 40, 1);
  const Minibatch whole = make_minibatch(documents, 300);
  MinibatchBuilder builder(300);
  Minibatch batch;
  for (const std::size_t docs : {1u, 2u, 7u, 22u, 23u, 46u, 1000u}) {
    for (std::size_t d = 0; d < documents.size(); ++d) builder.add(documents[d].view(), d + 1);
    std::size_t parts = 1;
    while (!builder.build_part(batch, docs)) ++parts;
    const std::size_t a_phase = (documents.size() + docs - 1) / docs;
    EXPECT_EQ(parts, 2 * a_phase) << docs;
    EXPECT_EQ(batch.doc_begin, whole.doc_begin);
    EXPECT_EQ(batch.entry_word, whole.entry_word);
    EXPECT_EQ(batch.entry_count, whole.entry_count);
    EXPECT_EQ(batch.words, whole.words);
    EXPECT_EQ(batch.word_begin, whole.word_begin);
    EXPECT_EQ(batch.place_entry, whole.place_entry);
    EXPECT_EQ(batch.place_doc, whole.place_doc);
    EXPECT_EQ(batch.doc_number, whole.doc_number);
    EXPECT_EQ(batch.tokens, whole.tokens);
  }
}

}  // namespace
}  // namespace svi_lda

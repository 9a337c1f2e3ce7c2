#include "eval/coherence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "eval/cooccurrence.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_document;
using TopWords = std::vector<std::vector<std::uint32_t>>;

// Word 3 is in no document; the seventh document is empty, which is no window. By hand:
//   D(0) = 4, D(1) = 3, D(2) = 3, D(4) = 3 of 8 windows
//   D(0, 1) = 3, D(0, 2) = 1, D(1, 2) = 1, D(2, 4) = 1, D(0, 4) = 0
const std::vector<Document> kDocuments = {make_document({{0, 1}, {1, 5}}),
                                          make_document({{0, 2}, {1, 1}}),
                                          make_document({{0, 1}, {1, 1}, {2, 1}}),
                                          make_document({{0, 9}}),
                                          make_document({{2, 1}}),
                                          make_document({{2, 1}, {4, 1}}),
                                          make_document({}),
                                          make_document({{4, 3}}),
                                          make_document({{4, 1}})};
constexpr std::uint32_t kWords = 5;

std::vector<Cooccurrence> count(const TopWords& top_words, const std::vector<Document>& documents,
                                int threads = 1, std::uint32_t vocab_size = kWords) {
  CooccurrenceCounter counter(top_words, vocab_size);
  counter.add(documents, Parallel(threads));
  return counter.counts();
}

Coherence coherence_of(const std::vector<std::uint32_t>& words) {
  return coherence(count({words}, kDocuments).front());
}

TEST(Cooccurrence, CountsWindowsThatHoldEachWordAndEachTwo) {
  const auto counts = count({{0, 1, 2}, {4, 2, 0, 3}, {1}}, kDocuments);
  EXPECT_EQ(counts[0].windows, 8u);
  EXPECT_EQ(counts[0].single, (std::vector<std::uint64_t>{4, 3, 3}));
  EXPECT_EQ(counts[0].both, (std::vector<std::uint64_t>{3, 1, 1}));  // (1, 0), (2, 0), (2, 1)
  // 2 with 4, 0 with 4, 0 with 2, 3 with each.
  EXPECT_EQ(counts[1].single, (std::vector<std::uint64_t>{3, 3, 4, 0}));
  EXPECT_EQ(counts[1].both, (std::vector<std::uint64_t>{1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(counts[1].pair(1, 0), 1u);
  EXPECT_EQ(counts[1].pair(0, 1), 1u);
  EXPECT_EQ(counts[1].pair(2, 2), 4u);
  EXPECT_EQ(counts[2].single, (std::vector<std::uint64_t>{3}));
  EXPECT_TRUE(counts[2].both.empty());
}

TEST(Cooccurrence, IsThePlainLoopsForAnyThreadsOrderAndBlocks) {
  constexpr std::uint32_t kVocabulary = 60;
  std::vector<Document> documents = testing::random_documents(700, kVocabulary, 30, 3);
  const TopWords top_words = {{0, 5, 1, 30, 59}, {2, 0, 7, 5}, {40, 41, 42, 0, 1, 2}};
  const auto holds = [](const Document& document, std::uint32_t word) {
    return std::find(document.words.begin(), document.words.end(), word) != document.words.end();
  };
  std::vector<Cooccurrence> expected(top_words.size());
  for (std::size_t k = 0; k < top_words.size(); ++k) {
    expected[k].windows = documents.size();
    for (std::size_t i = 0; i < top_words[k].size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const auto both = std::count_if(documents.begin(), documents.end(), [&](const Document& d) {
          return holds(d, top_words[k][i]) && holds(d, top_words[k][j]);
        });
        (i == j ? expected[k].single : expected[k].both)
            .push_back(static_cast<std::uint64_t>(both));
      }
    }
  }
  for (const int threads : {1, 2, 7}) {
    std::reverse(documents.begin(), documents.end());
    CooccurrenceCounter counter(top_words, kVocabulary);
    const std::span<const Document> all(documents);
    counter.add(all.first(33), Parallel(threads));
    counter.add(all.subspan(33), Parallel(threads));
    const auto counts = counter.counts();
    for (std::size_t k = 0; k < top_words.size(); ++k) {
      EXPECT_EQ(counts[k].windows, expected[k].windows);
      EXPECT_EQ(counts[k].single, expected[k].single) << k << ", threads " << threads;
      EXPECT_EQ(counts[k].both, expected[k].both) << k << ", threads " << threads;
    }
  }
}

TEST(Coherence, IsTheHandWorkedTable) {
  const Coherence c = coherence_of({0, 1, 2});
  // log (3+1)/4, log (1+1)/4, log (1+1)/3: (0 - 0.693147181 - 0.405465108) / 3
  EXPECT_NEAR(c.umass, -0.366204096, 1e-9);
  // (0, 1): log [(3/8) / (4/8 3/8)] / log (8/3) = log 2 / log (8/3)   =  0.706695053
  // (0, 2): log [(1/8) / (4/8 3/8)] / log 8     = log (2/3) / log 8   = -0.194987500
  // (1, 2): log [(1/8) / (3/8 3/8)] / log 8     = log (8/9) / log 8   = -0.056641667
  EXPECT_NEAR(c.npmi, (0.706695053 - 0.194987500 - 0.056641667) / 3.0, 1e-9);
  // A word with itself: log [p / p^2] / -log p = 1. Hence the vectors
  //   v0 = ( 1.000000,  0.706695, -0.194988)   |v0| = 1.239935
  //   v1 = ( 0.706695,  1.000000, -0.056642)   |v1| = 1.225817
  //   v2 = (-0.194988, -0.056642,  1.000000)   |v2| = 1.020406
  //   sum  ( 1.511708,  1.650053,  0.748371)   |sum| = 2.359660
  // with cosines 2.531869 / (1.239935 2.359660) = 0.865352,
  //              2.675981 / (1.225817 2.359660) = 0.925141, 0.360145 / (1.020406 2.359660) =
  //              0.149574
  EXPECT_NEAR(c.c_v, (0.865352 + 0.925141 + 0.149574) / 3.0, 2e-6);
  EXPECT_EQ(c.absent, 0u);
}

TEST(Coherence, WordsThatNeverMeetCountAsTheirDefinitionSays) {
  const Coherence c = coherence_of({0, 4});
  EXPECT_NEAR(c.umass, std::log(1.0 / 4.0), 1e-12);
  // log [1e-12 / (4/8 3/8)] / log 1e12 = (-27.631021 + 1.673976) / 27.631021
  EXPECT_NEAR(c.npmi, -0.939416773, 1e-8);
  // Vectors (1, x), (x, 1) and their sum (1 + x, 1 + x).
  const double x = -0.939416773;
  EXPECT_NEAR(c.c_v, (1.0 + x) / std::sqrt(2.0 * (1.0 + x * x)), 1e-8);
}

TEST(Coherence, AWordThatTheReferenceHasNotIsLeftOutAndCounted) {
  const Coherence with = coherence_of({0, 3, 1});
  const Coherence without = coherence_of({0, 1});
  EXPECT_EQ(with.umass, without.umass);
  EXPECT_EQ(with.npmi, without.npmi);
  EXPECT_EQ(with.c_v, without.c_v);
  EXPECT_EQ(with.absent, 1u);
  for (const auto& words : TopWords{{0, 3}, {3}, {1}, {}}) {
    const Coherence none = coherence_of(words);
    EXPECT_TRUE(std::isnan(none.umass) && std::isnan(none.npmi) && std::isnan(none.c_v));
  }
}

TEST(Coherence, IsOneForWordsThatStandInEveryWindow) {
  const std::vector<Document> documents(3, make_document({{0, 1}, {1, 1}}));
  const Coherence c = coherence(count({{0, 1}}, documents).front());
  EXPECT_EQ(c.npmi, 1.0);
  EXPECT_NEAR(c.c_v, 1.0, 1e-15);
  EXPECT_NEAR(c.umass, std::log(4.0 / 3.0), 1e-15);  // above 0 by Mimno's + 1
}

TEST(Coherence, ARepeatedCorpusHasTheSameNpmiAndCv) {
  std::vector<Document> documents = testing::random_documents(200, 40, 12, 8);
  const TopWords top_words = {{0, 1, 2, 3, 4, 5}, {3, 9, 20, 33, 1}};
  const auto once = count(top_words, documents, 2, 40);
  const std::vector<Document> copy = documents;
  documents.insert(documents.end(), copy.begin(), copy.end());
  const auto twice = count(top_words, documents, 2, 40);
  for (std::size_t k = 0; k < top_words.size(); ++k) {
    EXPECT_EQ(twice[k].windows, 2 * once[k].windows);
    EXPECT_NEAR(coherence(twice[k]).npmi, coherence(once[k]).npmi, 1e-14);
    EXPECT_NEAR(coherence(twice[k]).c_v, coherence(once[k]).c_v, 1e-14);
  }
}

TEST(Coherence, OnlyUmassDependsOnTheOrderOfWords) {
  const Coherence forward = coherence_of({0, 1, 2});
  const Coherence backward = coherence_of({2, 1, 0});
  EXPECT_NEAR(forward.npmi, backward.npmi, 1e-15);
  EXPECT_NEAR(forward.c_v, backward.c_v, 1e-15);
  // log (1+1)/3, log (1+1)/3, log (3+1)/3 for 1|2, 0|2, 0|1.
  EXPECT_NEAR(backward.umass, (2.0 * std::log(2.0 / 3.0) + std::log(4.0 / 3.0)) / 3.0, 1e-12);
}

}  // namespace
}  // namespace svi_lda

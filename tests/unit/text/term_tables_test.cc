// Words by number, the counts of their documents, and which of them are kept: each against a plain
// twin of standard containers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "support/temporary_folder.h"
#include "text/count_terms.h"
#include "text/select_terms.h"
#include "text/term_spool.h"
#include "text/word_table.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;

TEST(WordTable, NumbersWordsInTheOrderInWhichTheyCome) {
  WordTable table;
  std::map<std::string, std::uint32_t> twin;
  RandomStream random(1, RandomPurpose::kSampling, 0);
  for (int i = 0; i < 30000; ++i) {
    const std::string word = std::string("w").append(std::to_string(random.below(5000)));
    EXPECT_EQ(table.find(word), twin.count(word) != 0 ? twin[word] : WordTable::kNone);
    const auto number = twin.emplace(word, static_cast<std::uint32_t>(twin.size())).first->second;
    EXPECT_EQ(table.insert(word), number);
    EXPECT_EQ(table.word(number), word);
  }
  EXPECT_EQ(table.size(), twin.size());
  EXPECT_EQ(table.find(""), WordTable::kNone);
  table.clear();
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.find("w1"), WordTable::kNone);
}

std::vector<std::string> random_texts(std::size_t docs) {
  std::vector<std::string> texts;
  for (std::size_t d = 0; d < docs; ++d) {
    RandomStream random(2, RandomPurpose::kSampling, d);
    std::string text;
    for (std::uint64_t n = random.below(40); n != 0; --n) {
      text.append("w").append(std::to_string(random.below(1 + random.below(2000)))).append(" ");
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

std::map<std::string, std::uint32_t> by_word(const Document& document, const WordTable& terms) {
  std::map<std::string, std::uint32_t> counts;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    counts[std::string(terms.word(document.words[i]))] = document.counts[i];
  }
  return counts;
}

TEST(TermCounter, CountsAsAPlainMapDoesAndNumbersAlikeForAnyThreads) {
  const std::vector<std::string> texts = random_texts(3000);
  const Parallel one(1);
  const Parallel three(3);
  TermCounter first({}, one);
  TermCounter second({}, three);
  std::vector<Document> documents;
  std::vector<Document> others;
  // In calls of other lengths: the numbers are by first occurrence.
  for (std::size_t begin = 0; begin < texts.size(); begin += 500) {
    const std::span<const std::string> part = std::span(texts).subspan(begin, 500);
    first.count(part, documents);
    second.count(part, others);
    for (std::size_t i = 0; i < part.size(); ++i) {
      EXPECT_EQ(documents[i].words, others[i].words);
      EXPECT_EQ(documents[i].counts, others[i].counts);
      EXPECT_TRUE(std::is_sorted(documents[i].words.begin(), documents[i].words.end()));
      std::map<std::string, std::uint32_t> expected;
      std::string word;
      for (const char c : part[i]) {
        if (c != ' ') {
          word += c;
        } else {
          ++expected[word];
          word.clear();
        }
      }
      EXPECT_EQ(by_word(documents[i], first.terms()), expected);
    }
  }
  EXPECT_EQ(first.terms().size(), second.terms().size());
}

TEST(TermCounter, AFixedVocabularyCountsWhatIsOutsideAsOneWord) {
  const Parallel parallel(2);
  TermCounter counter({}, parallel);
  counter.fix_vocabulary(Vocabulary({"b", "a", "b", "c"}));
  std::vector<Document> documents;
  const std::vector<std::string> texts = {"a b b x y a", "", "z"};
  counter.count(texts, documents);
  EXPECT_THAT(documents[0].words, ElementsAre(0u, 1u, 4u));
  EXPECT_THAT(documents[0].counts, ElementsAre(2u, 2u, 2u));
  EXPECT_TRUE(documents[1].words.empty());
  EXPECT_THAT(documents[2].words, ElementsAre(4u));
}

TEST(TermCounter, NoPlaceKeepsRoomForADocumentThatIsGone) {
  const Parallel parallel(1);
  TermCounter counter({}, parallel);
  std::string text;
  for (int i = 0; i < 20'000; ++i) text.append("w").append(std::to_string(i)).append("x ");
  std::vector<Document> documents;
  const std::vector<std::string> texts = {text};
  counter.count(texts, documents);
  ASSERT_EQ(documents[0].words.size(), 20'000u);
  const std::vector<std::string> small = {"a b"};
  counter.count(small, documents);
  EXPECT_EQ(documents[0].words.size(), 2u);
  EXPECT_LT(documents[0].words.capacity(), 1'000u);
  EXPECT_LT(documents[0].counts.capacity(), 1'000u);
}

TEST(SelectTerms, LimitsFirstThenTheMostFrequentSortedByCodePoint) {
  WordTable terms;
  TermStatistics statistics;
  const auto add = [&](const char* word, std::uint32_t documents, std::uint64_t tokens) {
    terms.insert(word);
    statistics.documents.push_back(documents);
    statistics.tokens.push_back(tokens);
  };
  add("zebra", 5, 9);
  add("the", 10, 100);
  add("rare", 1, 1);
  add("\xc3\xa9t\xc3\xa9", 5, 7);
  add("apple", 4, 7);
  add("edge", 2, 2);
  const TermSelection all = select_terms(terms, statistics, {2.0, 5.0, 0});
  EXPECT_THAT(all.vocabulary, ElementsAre("apple", "edge", "zebra", "\xc3\xa9t\xc3\xa9"));
  EXPECT_THAT(all.place,
              ElementsAre(2u, TermSelection::kDropped, TermSelection::kDropped, 3u, 0u, 1u));
  EXPECT_EQ(all.found.tokens, 126u);
  EXPECT_EQ(all.below_min.terms, 1u);
  EXPECT_EQ(all.above_max.tokens, 100u);
  EXPECT_EQ(all.kept.tokens, 25u);
  // Of equal frequency the first by code point.
  const TermSelection two = select_terms(terms, statistics, {2.0, 5.0, 2});
  EXPECT_THAT(two.vocabulary, ElementsAre("apple", "zebra"));
  EXPECT_EQ(two.beyond_max_features.terms, 2u);
  EXPECT_EQ(two.beyond_max_features.tokens, 9u);
}

TEST(TermSpool, GivesBackWhatItWasGiven) {
  const TemporaryFolder folder;
  std::vector<Document> documents;
  std::vector<std::string> rows;
  TermSpool spool(folder.file("corpus"));
  EXPECT_EQ(folder.entries(), 0u);  // its file has no name
  for (std::uint64_t d = 0; d < 3000; ++d) {
    RandomStream random(3, RandomPurpose::kSampling, d);
    std::set<std::uint32_t> words;
    for (std::uint64_t n = random.below(200); n != 0; --n) {
      words.insert(
          static_cast<std::uint32_t>(random.below(random.below(2) == 0 ? 200 : kMaxVocabulary)));
    }
    Document document;
    for (const std::uint32_t word : words) {
      document.words.push_back(word);
      document.counts.push_back(static_cast<std::uint32_t>(1 + random.below(kMaxCount)));
    }
    documents.push_back(document);
    rows.emplace_back(random.below(500), 'r');
    spool.add(rows.back(), document.view());
  }
  spool.rewind();
  std::string row;
  Document document;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    ASSERT_TRUE(spool.next(row, document));
    EXPECT_EQ(row, rows[d]);
    EXPECT_EQ(document.words, documents[d].words);
    EXPECT_EQ(document.counts, documents[d].counts);
  }
  EXPECT_FALSE(spool.next(row, document));
}

}  // namespace
}  // namespace svi_lda

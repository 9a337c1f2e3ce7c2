#include "corpus/corpus_words.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace svi_lda {
namespace {

TEST(CorpusWords, GivesIdsByFirstAppearanceAsAMapDoes) {
  std::mt19937_64 random(11);
  CorpusWords words;
  std::map<std::string, std::uint32_t> expected;
  EXPECT_EQ(words.find("a"), kNoWord);
  for (int i = 0; i < 200'000; ++i) {
    const std::string word = std::to_string(random() % 30'000);
    const auto [place, is_new] =
        expected.emplace(word, static_cast<std::uint32_t>(expected.size()));
    const std::uint32_t found = words.find(word);
    ASSERT_EQ(found, is_new ? kNoWord : place->second) << word;
    if (is_new) {
      ASSERT_EQ(words.add(word), place->second);
    }
  }
  ASSERT_EQ(words.size(), expected.size());
  for (const auto& [word, id] : expected) ASSERT_EQ(words.word(id), word);
  const Vocabulary vocabulary = words.vocabulary();
  const CorpusWords fixed(vocabulary);
  EXPECT_TRUE(fixed.fixed());
  for (const auto& [word, id] : expected) ASSERT_EQ(fixed.find(word), id);
}

TEST(CorpusWords, TheFirstOfEqualWordsCounts) {
  const CorpusWords words(Vocabulary({"a", "b", "a"}));
  EXPECT_EQ(words.find("a"), 0u);
  EXPECT_EQ(words.size(), 3u);
  EXPECT_EQ(words.find(""), kNoWord);
}

}  // namespace
}  // namespace svi_lda

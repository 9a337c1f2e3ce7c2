#include "text/word_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "unit/text/text_support.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> words(const std::string& text, const WordKinds& kinds = {}) {
  WordFinder finder(kinds);
  Tokens tokens;
  finder.find(text, tokens);
  return words_of(tokens);
}

TEST(WordFinder, EnglishKeepsWhatHasALetterInLowerCase) {
  EXPECT_THAT(words("The quick-brown FOX (aged 3.5) can't jump: e.g. B2B, x_1 & 2,000 more..."),
              ElementsAre("the", "quick", "brown", "fox", "aged", "can't", "jump", "e.g", "b2b",
                          "x_1", "more"));
  EXPECT_THAT(words("_ -- 12 \t\n"), IsEmpty());
  EXPECT_THAT(words("me@example.org, @you"), ElementsAre("me", "example.org", "you"));
}

TEST(WordFinder, NumbersAreKeptOnDemand) {
  EXPECT_THAT(words("in 1984, 3.5 of 2,000 and \xd9\xa3\xd9\xa4", {.numbers = true}),
              ElementsAre("in", "1984", "3.5", "of", "2,000", "and", "\xd9\xa3\xd9\xa4"));
  WordFinder finder({});
  Tokens tokens;
  finder.find("in 1984, 3.5 of \xd9\xa3", tokens);
  EXPECT_EQ(finder.left_out().numbers, 3u);
}

TEST(WordFinder, EquivalentFormsAreOneWord) {
  const std::string composed = "caf\xc3\xa9";
  EXPECT_THAT(words("cafe\xcc\x81 CAF\xc3\x89 \xef\xbd\x83\xef\xbd\x81\xef\xbd\x86\xc3\xa9"),
              ElementsAre(composed, composed, composed));
  EXPECT_THAT(words("STRASSE stra\xc3\x9f"
                    "e"),
              ElementsAre("strasse", "strasse"));
  // Ligature, soft hyphen, the curly apostrophe.
  EXPECT_THAT(words("\xef\xac\x81ne co\xc2\xadoperate don\xe2\x80\x99t"),
              ElementsAre("fine", "cooperate", "don't"));
  // Final sigma.
  EXPECT_THAT(words("\xce\x9f\xce\x94\xce\x9f\xce\xa3 \xce\xbf\xce\xb4\xce\xbf\xcf\x82"),
              ElementsAre("\xce\xbf\xce\xb4\xce\xbf\xcf\x83", "\xce\xbf\xce\xb4\xce\xbf\xcf\x83"));
}

TEST(WordFinder, JapaneseIsCutByDictionary) {
  // "I go to the library in Tokyo."
  EXPECT_THAT(words("東京の図書館に行きます。"),
              ElementsAre("東京", "の", "図書館", "に", "行き", "ます"));
}

TEST(WordFinder, ChineseAndThaiAreCutByDictionary) {
  EXPECT_THAT(words("我们在北京大学学习。"), ElementsAre("我们", "在", "北京", "大学", "学习"));
  // With SARA AM, which NFKC takes apart: it must be cut before.
  const std::vector<std::string> thai = words("ผมทำงานที่บ้าน");
  EXPECT_EQ(thai.size(), 4u);
}

TEST(WordFinder, ArabicWordsKeepTheirMarksAndLoseTheirForms) {
  EXPECT_THAT(words("ذهبتُ إلى المدرسة، ثم عدت."),
              ElementsAre("ذهبتُ", "إلى", "المدرسة", "ثم", "عدت"));
  // A presentation form of LAM WITH ALEF; one character that stands for four words.
  EXPECT_THAT(words("\xef\xbb\xbb"), ElementsAre("لا"));
  EXPECT_EQ(words("\xef\xb7\xba").size(), 4u);
}

TEST(WordFinder, EmojiAreWordsUnlessTheyAreDropped) {
  const std::string text =
      "I ❤️ pizza 🍕🍕 so good😋 👨‍👩‍👧 🇩🇪🇫🇷 👍🏽 © ™ → "
      "✔";
  EXPECT_THAT(words(text), ElementsAre("i", "❤", "pizza", "🍕", "🍕", "so", "good", "😋",
                                       "👨‍👩‍👧", "🇩🇪", "🇫🇷", "👍🏽", "✔"));
  EXPECT_THAT(words(text, {.emoji = false}), ElementsAre("i", "pizza", "so", "good"));
  WordFinder finder({.emoji = false});
  Tokens tokens;
  finder.find(text, tokens);
  EXPECT_EQ(finder.left_out().emoji, 9u);
}

TEST(WordFinder, AReplacementCharacterSeparates) {
  EXPECT_THAT(words("caf\xef\xbf\xbd"
                    "bar"),
              ElementsAre("caf", "bar"));
}

// Random texts of characters that matter to word boundaries: the way for ASCII gives what ICU
// gives.
TEST(WordFinder, TheWayForAsciiGivesWhatIcuGives) {
  const std::vector<std::string> pieces = {"a",
                                           "B",
                                           "z",
                                           "7",
                                           "0",
                                           "_",
                                           ".",
                                           ",",
                                           ";",
                                           ":",
                                           "'",
                                           "\"",
                                           "-",
                                           "/",
                                           "@",
                                           "#",
                                           "*",
                                           "(",
                                           " ",
                                           " ",
                                           " ",
                                           "\n",
                                           "\r\n",
                                           "\t",
                                           "\v",
                                           "\f",
                                           "\x01",
                                           "é",
                                           "ß",
                                           "日",
                                           "本",
                                           "カ",
                                           "ま",
                                           "\xcc\x81",
                                           "\xc2\xad",
                                           "\xe2\x80\x8d",
                                           "’",
                                           "\xc2\xa0",
                                           "א",
                                           "🍕",
                                           "🇩",
                                           "👍",
                                           "🏽",
                                           "م",
                                           "ำ",
                                           "\xe2\x80\x8b",
                                           "\xef\xb8\x8f",
                                           "٣",
                                           "word",
                                           "Text",
                                           "3.14"};
  for (const WordKinds kinds : {WordKinds{}, WordKinds{true, false}}) {
    WordFinder fast(kinds);
    WordFinder by_icu(kinds, true);
    for (std::uint64_t text_number = 0; text_number < 20000; ++text_number) {
      RandomStream random(7, RandomPurpose::kSampling, text_number);
      // Mostly ASCII, so that its stretches are long.
      const std::uint64_t choices = random.below(3) == 0 ? pieces.size() : 27;
      std::string text;
      for (std::uint64_t n = random.below(24); n != 0; --n) text += pieces[random.below(choices)];
      Tokens fast_words;
      Tokens icu_words;
      fast.find(text, fast_words);
      by_icu.find(text, icu_words);
      ASSERT_EQ(words_of(fast_words), words_of(icu_words)) << "text: [" << text << "]";
    }
    EXPECT_EQ(fast.left_out().numbers, by_icu.left_out().numbers);
    EXPECT_EQ(fast.left_out().emoji, by_icu.left_out().emoji);
  }
}

}  // namespace
}  // namespace svi_lda

#include "text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "support/problem_of.h"
#include "text/run_pattern.h"
#include "text/stop_words.h"
#include "unit/text/text_support.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> terms(const std::string& text, const AnalyzerOptions& options) {
  Analyzer analyzer(options);
  Tokens tokens;
  analyzer.analyze(text, tokens);
  return words_of(tokens);
}

TEST(Analyzer, APatternFindsWordsAfterCaseFolding) {
  EXPECT_THAT(terms("The CAT's 2 cats, na\xc3\xafve", {.token_pattern = "[a-z]{3,}"}),
              ElementsAre("the", "cat", "cats"));
  // scikit-learn's own, as it stands there.
  EXPECT_THAT(terms("A cat's B2B na\xc3\x8fve", {.token_pattern = R"((?u)\b\w\w+\b)"}),
              ElementsAre("cat", "b2b", "na\xc3\xafve"));
  EXPECT_THAT(terms("#One two #three", {.token_pattern = "#(\\w+)"}), ElementsAre("one", "three"));
  // White space within a match becomes one space; a match of nothing is no word.
  EXPECT_THAT(terms(" new \n york,  ,paris,", {.token_pattern = "[^,]*"}),
              ElementsAre("new york", "paris"));
}

// Random texts: the way for runs of one class finds what ICU's engine finds.
TEST(PatternFinder, TheWayForSimplePatternsFindsWhatIcuFinds) {
  const std::vector<std::string> pieces = {"a",  "Bc", "7", "_",    "'",        "-",
                                           ".",  " ",  " ", "\n",   "xyz",      "\x01",
                                           "\v", "é",  "ß", "日本", "\xcc\x81", "K"};
  for (const char* const pattern : {"[a-z]{3,}", "\\w+", R"((?u)\b\w\w+\b)", R"(\b\w{2,})",
                                    "[a-z][a-z]+", "[A-Za-z']+", "[a-z0-9_]{2,}", R"(\w+\w\b)"}) {
    std::string_view bare = pattern;
    if (bare.starts_with("(?u)")) bare.remove_prefix(4);
    ASSERT_TRUE(parse_run_pattern(bare)) << pattern;
    PatternFinder fast(pattern);
    PatternFinder by_icu(pattern, true);
    for (std::uint64_t text_number = 0; text_number < 3000; ++text_number) {
      RandomStream random(9, RandomPurpose::kSampling, text_number);
      std::string text;
      for (std::uint64_t n = random.below(20); n != 0; --n)
        text += pieces[random.below(pieces.size())];
      Tokens fast_words;
      Tokens icu_words;
      fast.find(text, fast_words);
      by_icu.find(text, icu_words);
      ASSERT_EQ(words_of(fast_words), words_of(icu_words)) << pattern << ": [" << text << "]";
    }
  }
  for (const char* const other :
       {"[a-z]", "[a-z]{2,4}", R"(\b[a-z]+\b)", "[^a]+", "a+|b+", "[a-z]+?", "[a-z]*", "(\\w+)",
        "\\w+[a-z]+", "", "\\b", "[]+", "[z-a]+", "[a-z]{0,}", ".+", "[a-z]++"}) {
    EXPECT_FALSE(parse_run_pattern(other)) << other;
  }
}

TEST(Analyzer, APatternThatIsNoneIsRefused) {
  for (const char* const wrong : {"[a-z", "(", "(a)(b)", "(?<name"}) {
    EXPECT_THAT(problem_of(ErrorKind::kUsage, [&] { Analyzer({.token_pattern = wrong}); }),
                HasSubstr("--token-pattern '" + std::string(wrong) + "'"));
  }
}

TEST(Analyzer, StopWordsGoBeforeStemsAndNgrams) {
  const AnalyzerOptions options{
      .stop_words = {"of", "the"}, .stem = "english", .shortest_ngram = 1, .longest_ngram = 2};
  EXPECT_THAT(terms("The houses of the running", options), ElementsAre("hous", "run", "hous_run"));
  Analyzer analyzer(options);
  Tokens tokens;
  analyzer.analyze("of of mice", tokens);
  EXPECT_EQ(analyzer.left_out().stop_words, 2u);
  EXPECT_EQ(analyzer.left_out().stop_words_found, (std::vector<bool>{true, false}));
}

TEST(Analyzer, NgramsOfOneLengthOnly) {
  EXPECT_THAT(terms("a b c d", {.shortest_ngram = 3, .longest_ngram = 3}),
              ElementsAre("a_b_c", "b_c_d"));
  EXPECT_THAT(terms("a b", {.shortest_ngram = 3, .longest_ngram = 3}), IsEmpty());
}

TEST(Analyzer, TermsThatNoVocabularyTakesAreLeftOut) {
  const std::string longest(Analyzer::kLongestTerm, 'x');
  Analyzer analyzer({});
  Tokens tokens;
  analyzer.analyze(longest + " " + longest + "x", tokens);
  EXPECT_THAT(words_of(tokens), ElementsAre(longest));
  EXPECT_EQ(analyzer.left_out().too_long, 1u);
}

TEST(Analyzer, AStemmerThatThereIsNotNamesThoseThatThereAre) {
  EXPECT_THAT(problem_of(ErrorKind::kUsage, [] { Analyzer({.stem = "klingon"}); }),
              HasSubstr("'klingon'"));
  EXPECT_THAT(terms("H\xc3\xa4user", {.stem = "german"}), ElementsAre("haus"));
}

TEST(StopWords, EnglishIsSortedAndHasTheWordsThatSayNothing) {
  const std::vector<std::string>& words = english_stop_words();
  EXPECT_TRUE(std::is_sorted(words.begin(), words.end()));
  EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
  for (const char* const word : {"the", "of", "and", "don't", "you're", "because", "within"}) {
    EXPECT_TRUE(std::binary_search(words.begin(), words.end(), word)) << word;
  }
  for (const char* const word : {"topic", "people", "time", "good", "world"}) {
    EXPECT_FALSE(std::binary_search(words.begin(), words.end(), word)) << word;
  }
}

}  // namespace
}  // namespace svi_lda

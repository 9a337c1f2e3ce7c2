#include "corpus/corpus_words.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

OpenCorpusOptions named(CorpusFormat format, const Vocabulary* vocabulary = nullptr) {
  OpenCorpusOptions options;
  options.format = format;
  options.vocabulary = vocabulary;
  return options;
}

TEST(VwReader, ReadsLabelsTagsAndNamespaces) {
  const auto reader = open_text(
      "1 'first |title red:2 blue |body red\n"
      "tag|\n"
      "| blue:3 green:1.0 white:0\n"
      "-1 1 0.5 'last|w blue");
  EXPECT_EQ(reader->format(), CorpusFormat::kVw);
  EXPECT_EQ(reader->declared_vocab_size(), std::nullopt);
  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{0, 3}, {1, 1}}));
  EXPECT_EQ(reader->label(), "1");
  EXPECT_EQ(reader->name(), "first");
  ASSERT_TRUE(reader->next(document));
  EXPECT_TRUE(document.words.empty());
  EXPECT_EQ(reader->name(), "tag");
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{1, 3}, {2, 1}}));
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(reader->name(), "last");
  EXPECT_EQ(reader->label(), "-1");
  EXPECT_FALSE(reader->next(document));
  // Ids by first appearance; a count 0 is none.
  EXPECT_THAT(reader->words()->vocabulary().words(), ElementsAre("red", "blue", "green"));
  EXPECT_EQ(reader->vocab_seen(), 3u);
}

TEST(VwReader, MapsToAVocabularyAndCountsTheRest) {
  const Vocabulary vocabulary({"green", "red", "green"});
  const auto reader =
      open_text("| red:2 blue:5\n| blue\n| green\n", named(CorpusFormat::kAuto, &vocabulary));
  EXPECT_EQ(reader->declared_vocab_size(), 3u);
  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{1, 2}}));
  EXPECT_EQ(reader->unmapped_tokens(), 5u);
  ASSERT_TRUE(reader->next(document));
  EXPECT_TRUE(document.words.empty());
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{0, 1}}));
  EXPECT_FALSE(reader->next(document));
  EXPECT_EQ(reader->unmapped_tokens(), 6u);
}

TEST(VwReader, SaysWhatIsWrongAndWhere) {
  const BadText cases[] = {
      {"no bar", "| a\nb c\n", 2, "a line without '|'", "label tag|namespace"},
      {"weight", "| a:0.5\n", 1, "count '0.5' is not a whole number", "tf-idf"},
      {"no word", "| :3\n", 1, "a count and no word", "word:count"},
      {"importance", "1 2 | a\n", 1, "the importance '2'", "leave the importance out"},
      {"namespace", "|n:2 a\n", 1, "'n:2' has a weight", "leave the weight out"},
      {"not UTF-8", "| a\xff\n", 1, "not valid UTF-8", "iconv"},
      {"blank", "| a\n\n| b\n", 2, "a blank line", "write |"},
      {"no token", "|\n|\n", 2, "no document has a word", "token"},
      {"often", "| a:16777216 a\n", 1, "the word 'a' stands more than 16777216 times", "counts"},
  };
  for (const BadText& bad : cases) {
    expect_error(bad, error_of([&] { read_text(bad.text, named(CorpusFormat::kVw)); }));
  }
}

TEST(VwReader, IsToldByItsBeginningOnly) {
  EXPECT_EQ(open_text("1 2 3 tag|x a\n")->format(), CorpusFormat::kVw);
  EXPECT_EQ(open_text("|a b\n")->format(), CorpusFormat::kVw);
  EXPECT_THAT(error_of([] { open_text("Prose with a | in it\n"); }).problem(),
              HasSubstr("neither UCI docword nor LDA-C"));
}

TEST(MalletReader, ReadsNamesLabelsAndWords) {
  const auto reader = open_text(
      "a1\tnews\tred blue red\n"
      "- -\n"
      "a3 sport blue\n",
      named(CorpusFormat::kMallet));
  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{0, 2}, {1, 1}}));
  EXPECT_EQ(reader->name(), "a1");
  EXPECT_EQ(reader->label(), "news");
  ASSERT_TRUE(reader->next(document));
  EXPECT_TRUE(document.words.empty());
  EXPECT_EQ(reader->name(), "");
  EXPECT_EQ(reader->label(), "");
  ASSERT_TRUE(reader->next(document));
  EXPECT_FALSE(reader->next(document));
  EXPECT_THAT(reader->words()->vocabulary().words(), ElementsAre("red", "blue"));
}

TEST(MalletReader, SaysWhatIsWrongAndWhere) {
  const BadText cases[] = {
      {"one field", "a b c\nd\n", 2, "a name and no label", "name label word"},
      {"long word", "a b " + std::string(1001, 'x') + "\n", 1, "a word of 1001 characters",
       "blanks"},
      {"no token", "a b\n", 1, "no document has a word", "token"},
  };
  for (const BadText& bad : cases) {
    expect_error(bad, error_of([&] { read_text(bad.text, named(CorpusFormat::kMallet)); }));
  }
}

TEST(WordFormats, NobodyOfTheVocabularyIsNoError) {
  const Vocabulary vocabulary({"other"});
  EXPECT_EQ(read_text("| a b\n", named(CorpusFormat::kVw, &vocabulary)).size(), 1u);
}

}  // namespace
}  // namespace svi_lda

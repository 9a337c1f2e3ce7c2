#include "corpus/svmlight_reader.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

OpenCorpusOptions svmlight(std::uint32_t vocab_size = 0) {
  OpenCorpusOptions options;
  options.format = CorpusFormat::kSvmlight;
  options.vocab_size = vocab_size;
  return options;
}

TEST(SvmlightReader, ReadsLabelsPairsAndNames) {
  const auto reader = open_text(
      "# made by hand\n"
      "+1 1:2 7:1 # first\n"
      "0\n"
      "-0.5 qid:3 4:1.0 2:3e0 9:0 # two words\n"
      "1,2 1:1\n\n",
      svmlight());
  EXPECT_EQ(reader->format(), CorpusFormat::kSvmlight);
  EXPECT_EQ(reader->words(), nullptr);
  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{0, 2}, {6, 1}}));
  EXPECT_EQ(reader->label(), "+1");
  EXPECT_EQ(reader->name(), "first");
  EXPECT_EQ(reader->line(), 2u);
  ASSERT_TRUE(reader->next(document));
  EXPECT_TRUE(document.words.empty());
  EXPECT_EQ(reader->label(), "");
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(bag_of(document), (Bag{{1, 3}, {3, 1}}));
  EXPECT_EQ(reader->label(), "-0.5");
  EXPECT_EQ(reader->name(), "");
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(reader->label(), "1,2");
  EXPECT_FALSE(reader->next(document));
  EXPECT_EQ(reader->vocab_seen(), 7u);
}

TEST(SvmlightReader, SaysWhatIsWrongAndWhere) {
  const BadText cases[] = {
      {"id 0", "1 0:3\n", 1, "word id '0' is below 1", "zero_based=False"},
      {"weight", "1 1:1\n1 2:0.25\n", 2, "count '0.25' is not a whole number", "tf-idf"},
      {"negative", "1 1:-1\n", 1, "count '-1' is not a whole number", "counts"},
      {"large", "1 1:16777217\n", 1, "above 16777216", "counts"},
      {"no label", "1:1 2:1\n", 1, "begins with the pair", "label"},
      {"label", "spam 1:1\n", 1, "the label 'spam' is no number", "label id:count"},
      {"no pair", "1 7\n", 1, "'7' is not a pair", "label id:count"},
      {"no id", "1 :7\n", 1, "word id '' is missing", "ids run from 1"},
      {"twice", "1 3:1 3:1\n", 1, "word id 3 stands twice", "total count"},
      {"blank", "1 1:1\n\n1 1:1\n", 2, "a blank line", "write 0"},
      {"empty", "\n", 1, "holds no document", "right file"},
      {"no token", "0\n1\n", 2, "no document has a word", "token"},
      {"large id", "1 100000001:1\n", 1, "above 100000000", "ids run"},
  };
  for (const BadText& bad : cases) {
    expect_error(bad, error_of([&] { read_text(bad.text, svmlight()); }));
  }
  expect_error({"vocabulary", "1 5:1\n", 1, "'5' is above 4", "only 4 words"},
               error_of([&] { read_text("1 5:1\n", svmlight(4)); }));
}

TEST(SvmlightReader, IsNamedToWhoReadsItAsLdac) {
  const Error error = error_of([] { read_text("1 3:1 4:1\n"); });
  EXPECT_THAT(error.hint(), testing::HasSubstr("--corpus-format svmlight"));
}

}  // namespace
}  // namespace svi_lda

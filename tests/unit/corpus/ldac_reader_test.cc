#include "corpus/ldac_reader.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::string_literals;

TEST(LdacReader, ReadsDocuments) {
  const auto reader = open_text("2 0:2 4:1\n0\n3 7:1 2:16777216 3:5\n");
  EXPECT_EQ(reader->format(), CorpusFormat::kLdac);
  EXPECT_EQ(reader->declared_docs(), std::nullopt);
  EXPECT_EQ(reader->declared_vocab_size(), std::nullopt);
  EXPECT_EQ(reader->vocab_seen(), 0u);

  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), ElementsAre(Pair(0, 2), Pair(4, 1)));
  EXPECT_EQ(reader->vocab_seen(), 5u);
  EXPECT_EQ(reader->line(), 1u);
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), IsEmpty());
  EXPECT_EQ(reader->line(), 2u);
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), ElementsAre(Pair(2, kMaxCount), Pair(3, 5), Pair(7, 1)));
  EXPECT_EQ(reader->line(), 3u);
  EXPECT_EQ(reader->vocab_seen(), 8u);
  EXPECT_FALSE(reader->next(document));
  EXPECT_FALSE(reader->next(document));
}

TEST(LdacReader, AcceptsWhatFilesHave) {
  const std::vector<Bag> expected = {{{0, 1}, {2, 3}}, {}, {{1, 1}}};
  const std::string texts[] = {
      "2 0:1 2:3\n0\n1 1:1\n",      "2 0:1 2:3\r\n0\r\n1 1:1\r\n",
      "2 0:1 2:3\n0\n1 1:1",        " 2\t2:3   0:1 \n0 \n1 1:1\n\n  \n\n",
      "002 00:01 2:3\n00\n1 1:1\n",
  };
  for (const std::string& text : texts) {
    for (const std::size_t step : {std::size_t{1}, std::string::npos}) {
      EXPECT_EQ(read_text(text, {}, step), expected) << text;
      EXPECT_EQ(read_text(text, {CorpusFormat::kLdac, 3}, step), expected) << text;
      EXPECT_EQ(read_text(gzip(text), {}, step), expected) << text;
    }
  }
}

TEST(LdacReader, MayBeginWithEmptyDocuments) {
  for (const std::size_t empty : {1u, 2u, 3u, 4u, 100u}) {
    std::string text;
    for (std::size_t i = 0; i < empty; ++i) text += i % 2 == 0 ? "0\n" : "0 \r\n";
    text += "1 3:1\n0\n";
    const std::vector<Bag> bags = read_text(text);
    ASSERT_EQ(bags.size(), empty + 2);
    EXPECT_EQ(bags[empty], (Bag{{3, 1}}));
    EXPECT_EQ(read_text(text, {CorpusFormat::kLdac, 0}), bags);

    const auto reader = open_text(text);
    Document document;
    for (std::size_t i = 0; i <= empty; ++i) {
      ASSERT_TRUE(reader->next(document));
      EXPECT_EQ(reader->line(), i + 1);
    }
  }
}

const std::vector<BadText>& bad_texts() {
  static const std::vector<BadText> texts = {
      {"no token", "0\n0\n0\n0\n", 4, "no document has a word", "at least one token"},
      {"blank line inside", "1 0:1\n\n1 0:1\n", 2, "a blank line", "write 0 for an empty document"},
      {"blank lines inside", "1 0:1\n \n\n1 0:1\n", 2, "a blank line", "write 0"},
      {"blank line first", "\n1 0:1\n", 1, "a blank line", "write 0 for an empty document"},
      {"blank line after empty", "0\n\n1 0:1\n", 2, "a blank line", "write 0"},
      {"fewer pairs", "1 0:1\n3 0:1 1:1\n", 2, "declares 3 pairs and has 2", "label"},
      {"more pairs", "1 0:1\n1 0:1 1:1\n", 2, "more pairs than the 1", "label"},
      {"more pairs than none", "1 0:1\n0 0:1\n", 2, "more pairs than the 0", "label"},
      {"an SVMlight label", "1 3:1 5:2\n", 1, "more pairs than the 1", "label"},
      {"a signed label", "-1 3:1 5:2\n", 1, "number of pairs '-1' is negative", "N id:count"},
      {"no number of pairs", "0:1 1:1\n", 1, "begins with the pair '0:1'", "N id:count"},
      {"number of pairs fraction", "1.5 1:1\n", 1, "'1.5' is not a whole number", "N id:count"},
      {"number of pairs huge", "2000000000 1:1\n", 1, "is above 100000000", "N id:count"},
      {"number of pairs 64 bits", "99999999999999999999 1:1\n", 1, "is above", "N id:count"},
      {"id negative", "1 -1:1\n", 1, "word id '-1' is negative", "from 0"},
      {"id fraction", "1 1.5:1\n", 1, "word id '1.5' is not a whole number", "from 0"},
      {"id NaN", "1 nan:1\n", 1, "word id 'nan' is not a whole number", "from 0"},
      {"id huge", "1 2000000000:1\n", 1, "word id '2000000000' is above 99999999", "99999999"},
      {"id 64 bits", "1 18446744073709551616:1\n", 1, "is above 99999999", "from 0"},
      {"id missing", "1 :1\n", 1, "word id '' is missing", "from 0"},
      {"count 0", "1 0:0\n", 1, "count '0' is below 1", "from 1 to 16777216"},
      {"count negative", "1 0:-2\n", 1, "count '-2' is negative", "from 1"},
      {"count fraction", "1 0:1.0\n", 1, "count '1.0' is not a whole number", "from 1"},
      {"count NaN", "1 0:nan\n", 1, "count 'nan' is not a whole number", "from 1"},
      {"count huge", "1 0:2000000000\n", 1, "is above 16777216", "from 1"},
      {"count 64 bits", "1 0:18446744073709551617\n", 1, "is above 16777216", "from 1"},
      {"count missing", "1 0:1\n1 0:\n", 2, "count '' is missing", "from 1"},
      {"no colon", "2 0:1 7\n", 1, "'7' is not a pair", "N id:count"},
      {"two colons", "1 0:1:1\n", 1, "count '1:1' is not a whole number", "from 1"},
      {"blank before the count", "1 0: 1\n", 1, "count '' is missing", "from 1"},
      {"junk behind", "1 0:1\n1 0:1 #x\n", 2, "more pairs than the 1", "label"},
      {"word repeated", "1 0:1\n2 5:1 5:1\n", 2, "word id 5 stands twice", "total count"},
      {"word repeated, unsorted", "4 5:1 9:1 2:1 9:1\n", 1, "word id 9 stands twice", "total"},
      {"binary", "1 0:1\n1 \0:1\n"s, 2, "binary file", "LDA-C"},
      {"UCI header behind", "1 0:1\n7\n", 2, "declares 7 pairs and has 0", "cut off"},
  };
  return texts;
}

TEST(LdacReader, EveryErrorHasItsLineAndHint) {
  for (const BadText& bad : bad_texts()) {
    expect_error(bad, error_of([&] { read_text(bad.text); }));
    expect_error(bad, error_of([&] { read_text(gzip(bad.text)); }));
    expect_error(bad, error_of([&] { read_text(bad.text, {}, 1); }));
    expect_error(bad, error_of([&] { read_text(bad.text, {CorpusFormat::kLdac, 0}); }));
  }
}

TEST(LdacReader, AVocabularyBindsIds) {
  const OpenCorpusOptions options{CorpusFormat::kAuto, 10};
  EXPECT_EQ(read_text("1 9:1\n", options).size(), 1u);
  expect_error({"", "", 2, "word id '10' is above 9", "the vocabulary has only 10 words"},
               error_of([&] { read_text("1 9:1\n1 10:1\n", options); }));
  expect_error({"", "", 1, "number of pairs '11' is above 10", "the vocabulary has only 10 words"},
               error_of([&] { read_text("11 0:1\n", options); }));
}

TEST(LdacReader, ForcedOnOtherText) {
  const OpenCorpusOptions forced{CorpusFormat::kLdac, 0};
  expect_error({"", "", 1, "holds no document", "right file"},
               error_of([&] { read_text("", forced); }));
  expect_error({"", "", 1, "holds no document", "right file"},
               error_of([&] { read_text("\n", forced); }));
  expect_error({"", "", 1, "declares 3 pairs and has 0", "number before the pairs"},
               error_of([&] { read_text("3\n5\n1\n1 1 1\n", forced); }));
}

TEST(LdacReader, ALongDocument) {
  constexpr std::uint32_t kWords = 200'000;
  std::string text = "1 0:1\n" + std::to_string(kWords);
  for (std::uint32_t w = kWords; w-- > 0;) text.append(" ").append(std::to_string(w)).append(":3");
  const std::vector<Bag> bags = read_text(text + "\n1 5:1\n");
  ASSERT_EQ(bags.size(), 3u);
  ASSERT_EQ(bags[1].size(), kWords);
  EXPECT_EQ(bags[1].front(), Pair(0, 3));
  EXPECT_EQ(bags[1].back(), Pair(kWords - 1, 3));
}

}  // namespace
}  // namespace svi_lda

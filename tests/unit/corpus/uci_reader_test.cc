#include "corpus/uci_reader.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

TEST(UciReader, ReadsDocuments) {
  const auto reader = open_text("3\n5\n4\n1 1 2\n1 5 1\n3 2 7\n3 3 16777216\n");
  EXPECT_EQ(reader->format(), CorpusFormat::kUci);
  EXPECT_EQ(reader->declared_docs(), 3u);
  EXPECT_EQ(reader->declared_vocab_size(), 5u);
  EXPECT_EQ(reader->path(), "corpus.txt");
  EXPECT_EQ(reader->vocab_seen(), 0u);

  Document document;
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), ElementsAre(Pair(0, 2), Pair(4, 1)));
  EXPECT_EQ(reader->line(), 4u);
  EXPECT_EQ(reader->vocab_seen(), 5u);
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), IsEmpty());
  ASSERT_TRUE(reader->next(document));
  EXPECT_THAT(bag_of(document), ElementsAre(Pair(1, 7), Pair(2, kMaxCount)));
  EXPECT_EQ(reader->line(), 6u);
  EXPECT_FALSE(reader->next(document));
  EXPECT_THAT(bag_of(document), IsEmpty());
  EXPECT_FALSE(reader->next(document));
}

TEST(UciReader, AcceptsWhatFilesHave) {
  const std::vector<Bag> expected = {{}, {{0, 1}, {2, 3}}, {}};
  const std::string texts[] = {
      "3\n3\n2\n2 1 1\n2 3 3\n",
      "3\r\n3\r\n2\r\n2 1 1\r\n2 3 3\r\n",
      "3\n3\n2\n2 1 1\n2 3 3",
      "\n \n3  \n\n3\t\n2 \n2 1 1  \n 2\t3   3\t\r\n\n  \n",
      "3\n3\n2\n2 3 3\n2 1 1\n",
      "\xef\xbb\xbf"s + "3\n3\n2\n002 1 00000000000000000000000000001\n2 3 3\n",
  };
  for (const std::string& text : texts) {
    for (const std::size_t step : {std::size_t{1}, std::string::npos}) {
      EXPECT_EQ(read_text(text, {}, step), expected) << text;
      EXPECT_EQ(read_text(text, {CorpusFormat::kUci, 0}, step), expected) << text;
      EXPECT_EQ(read_text(gzip(text), {}, step), expected) << text;
    }
  }
}

TEST(UciReader, TheVocabularyOfTheCallerDoesNotBindIt) {
  EXPECT_EQ(read_text("1\n9\n1\n1 9 1\n", {CorpusFormat::kAuto, 2}).size(), 1u);
}

// A gap of documents costs no memory, nor do the numbers of a header.
TEST(UciReader, GapsAndHeadersAllocateNothing) {
  const auto reader = open_text("1000000000\n100000000\n2\n1 1 1\n1000000000 100000000 1\n");
  Document document;
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(reader->next(document));
  EXPECT_TRUE(document.view().empty());
  EXPECT_EQ(reader->declared_docs(), kMaxDocuments);
  EXPECT_LT(document.words.capacity(), 100u);
}

const std::vector<BadText>& bad_texts() {
  static const std::vector<BadText> texts = {
      // Header
      {"ends after D", "3\n", 1, "ends before the number of words W", "D, W and NNZ"},
      {"ends after W", "3\n\n5\n", 3, "ends before the number of entries NNZ", "D, W and NNZ"},
      {"D negative", "-3\n5\n1\n1 1 1\n", 1, "D '-3' is negative", "from 1 to 1000000000"},
      {"D fraction", "3.5\n5\n1\n1 1 1\n", 1, "D '3.5' is not a whole number", "integer"},
      {"D huge", "2000000000\n5\n1\n", 1, "D '2000000000' is above 1000000000", "integer"},
      {"D zero", "0\n5\n0\n", 1, "D '0' is below 1", "at least one token"},
      {"W zero", "3\n0\n0\n", 2, "W '0' is below 1", "integer"},
      {"W NaN", "3\nnan\n0\n", 2, "W 'nan' is not a whole number", "integer"},
      {"W huge", "3\n2000000000\n0\n", 2, "W '2000000000' is above 100000000", "integer"},
      {"W overflows 64 bits", "3\n99999999999999999999\n0\n", 2, "is above 100000000", "integer"},
      {"NNZ above D times W", "3\n5\n16\n", 3, "NNZ '16' is above 15", "D times W"},
      {"NNZ 1e18", "3\n5\n1000000000000000000\n", 3, "is above 15", "D times W"},
      {"NNZ text", "3\n5\nx\n", 3, "NNZ 'x' is not a whole number", "integer"},
      {"header on one line", "3 5 2\n1 1 1\n", 1, "'5' follows the number of documents D",
       "each on a line of its own"},
      {"header without NNZ", "3\n5\n1 1 1\n", 3, "'1' follows the number of entries NNZ",
       "each on a line of its own"},
      // Header against body
      {"no token", "3\n5\n0\n", 3, "no document has a word", "at least one token"},
      {"fewer entries", "3\n5\n4\n1 1 1\n2 1 1\n", 5, "ends after 2 of the NNZ = 4", "cut off"},
      {"no entries", "3\n5\n4\n\n\n", 5, "ends after 0 of the NNZ = 4", "cut off"},
      {"more entries", "3\n5\n1\n1 1 1\n2 1 1\n3 1 1\n", 5, "more entries than the NNZ = 1", "NNZ"},
      {"more entries than none", "3\n5\n0\n1 1 1\n", 4, "more entries than the NNZ = 0", "NNZ"},
      {"document beyond D", "3\n5\n2\n1 1 1\n4 1 1\n", 5, "document id '4' is above 3", "D = 3"},
      {"word beyond W", "3\n5\n2\n1 1 1\n2 6 1\n", 5, "word id '6' is above 5", "W = 5"},
      // Numbers of an entry
      {"document 0", "3\n5\n1\n0 1 1\n", 4, "document id '0' is below 1", "from 1"},
      {"document negative", "3\n5\n1\n-1 1 1\n", 4, "document id '-1' is negative", "from 1"},
      {"word 0", "3\n5\n1\n1 0 1\n", 4, "word id '0' is below 1", "from 1"},
      {"word negative", "3\n5\n1\n1 -2 1\n", 4, "word id '-2' is negative", "from 1"},
      {"word fraction", "3\n5\n1\n1 2.5 1\n", 4, "word id '2.5' is not a whole number", "from 1"},
      {"word huge", "3\n5\n1\n1 2000000000 1\n", 4, "word id '2000000000' is above 5", "W = 5"},
      {"word wraps 32 bits", "3\n5\n1\n1 4294967297 1\n", 4, "is above 5", "W = 5"},
      {"word wraps 64 bits", "3\n5\n1\n1 18446744073709551617 1\n", 4, "is above 5", "W = 5"},
      {"count 0", "3\n5\n1\n1 1 0\n", 4, "count '0' is below 1", "from 1 to 16777216"},
      {"count negative", "3\n5\n1\n1 1 -1\n", 4, "count '-1' is negative", "from 1"},
      {"count fraction", "3\n5\n1\n1 1 0.5\n", 4, "count '0.5' is not a whole number", "from 1"},
      {"count exponent", "3\n5\n1\n1 1 1e3\n", 4, "count '1e3' is not a whole number", "from 1"},
      {"count NaN", "3\n5\n1\n1 1 NaN\n", 4, "count 'NaN' is not a whole number", "from 1"},
      {"count inf", "3\n5\n1\n1 1 -inf\n", 4, "count '-inf' is not a whole number", "from 1"},
      {"count huge", "3\n5\n1\n1 1 2000000000\n", 4, "is above 16777216", "from 1"},
      {"count one too large", "3\n5\n1\n1 1 16777217\n", 4, "is above 16777216", "from 1"},
      {"count wraps 64 bits", "3\n5\n1\n1 1 18446744073709551617\n", 4, "is above", "from 1"},
      {"count hexadecimal", "3\n5\n1\n1 1 0x1\n", 4, "'0x1' is not a whole number", "from 1"},
      {"count with a sign", "3\n5\n1\n1 1 +1\n", 4, "'+1' is not a whole number", "from 1"},
      // Form of an entry
      {"two numbers", "3\n5\n2\n1 1 1\n1 2\n", 5, "fewer than three numbers",
       "document word count"},
      {"four numbers", "3\n5\n1\n1 1 1 1\n", 4, "'1' follows the count", "document word count"},
      {"junk behind", "3\n5\n1\n1 1 1 #x\n", 4, "'#x' follows the count", "document word count"},
      {"junk attached", "3\n5\n1\n1 1 1x\n", 4, "'1x' is not a whole number", "from 1"},
      {"commas", "3\n5\n1\n1,1,1\n", 4, "fewer than three numbers", "document word count"},
      {"blank line inside", "3\n5\n2\n1 1 1\n\n2 1 1\n", 5, "blank line among", "take the line"},
      {"blank line first", "3\n5\n1\n  \n2 1 1\n", 4, "blank line among", "take the line"},
      // Order
      {"documents out of order", "3\n5\n3\n1 1 1\n3 1 1\n2 1 1\n", 6,
       "document 2 comes after document 3", "sort"},
      {"word repeated", "3\n5\n3\n1 2 1\n1 2 1\n2 1 1\n", 5, "word id 2 stands twice in document 1",
       "total count"},
      {"word repeated, unsorted", "3\n5\n5\n1 2 1\n2 5 1\n2 3 1\n2 1 1\n2 5 9\n", 8,
       "word id 5 stands twice in document 2", "total count"},
      {"words repeated, the first is told", "1\n5\n5\n1 5 1\n1 4 1\n1 4 1\n1 5 1\n1 5 1\n", 6,
       "word id 4 stands twice", "total count"},
      {"more entries than words", "9\n2\n5\n1 2 1\n1 1 1\n1 2 1\n1 2 1\n1 2 1\n", 6,
       "word id 2 stands twice", "total count"},
      // Bytes
      {"binary", "3\n5\n2\n1 1 1\n1 \0 1\n"s, 5, "binary file", "UCI docword"},
      {"high bytes", "3\n5\n1\n1 1 \xff\x01\n"s, 4, "'\\xff\\x01' is not a whole number", "from 1"},
      {"a long line", "3\n5\n1\n1 1 1" + std::string(70'000, ' ') + "\n", 4, "longer than 65536",
       "right file"},
  };
  return texts;
}

TEST(UciReader, EveryErrorHasItsLineAndHint) {
  for (const BadText& bad : bad_texts()) {
    expect_error(bad, error_of([&] { read_text(bad.text); }));
  }
}

TEST(UciReader, ErrorsAreTheSameThroughGzipAndPipes) {
  for (const BadText& bad : bad_texts()) {
    expect_error(bad, error_of([&] { read_text(gzip(bad.text)); }));
    expect_error(bad, error_of([&] { read_text(bad.text, {}, 1); }));
  }
}

TEST(UciReader, ForcedOnOtherText) {
  const OpenCorpusOptions forced{CorpusFormat::kUci, 0};
  expect_error({"", "", 1, "ends before the number of documents D", "D, W and NNZ"},
               error_of([&] { read_text("", forced); }));
  expect_error({"", "", 1, "D '2:1' is not a whole number", "integer"},
               error_of([&] { read_text("2:1 0:1\n", forced); }));
  expect_error({"", "", 1, "'0:1' follows the number of documents D", "D, W and NNZ"},
               error_of([&] { read_text("2 0:1 1:1\n", forced); }));
}

// Cut off before the last entry is whole, a file never passes. (Cut inside the digits of the last
// count it cannot be told from a file without a last newline.)
TEST(UciReader, CutOffAnywhereNeverPasses) {
  const std::string text = "3\n12\n4\n1 1 1\n1 12 1\n2 3 1\n3 11 1\n";
  EXPECT_NO_THROW(read_text(text));
  for (std::size_t length = 0; length + 2 < text.size(); ++length) {
    EXPECT_THROW(read_text(text.substr(0, length)), Error) << length;
  }
}

}  // namespace
}  // namespace svi_lda

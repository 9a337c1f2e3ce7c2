#include "text/text_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "svi_lda/error.h"
#include "unit/corpus/memory_source.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<TextDocument> documents(const std::string& bytes, TextFormat format,
                                    const TextFields& fields = {}, std::size_t step = 7) {
  const auto reader = open_text(std::make_unique<MemorySource>(bytes, step), "in", format, fields);
  std::vector<TextDocument> all;
  for (TextDocument document; reader->next(document);) all.push_back(document);
  return all;
}

std::vector<std::string> texts(const std::string& bytes, TextFormat format,
                               const TextFields& fields = {}) {
  std::vector<std::string> all;
  for (const TextDocument& document : documents(bytes, format, fields))
    all.push_back(document.text);
  return all;
}

// "line: problem; hint" of the error that reading ends with.
std::string failure(const std::string& bytes, TextFormat format, const TextFields& fields = {}) {
  try {
    documents(bytes, format, fields);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_FALSE(error.hint().empty());
    return std::to_string(error.line()) + ": " + error.problem() + "; " + error.hint();
  }
  return "none";
}

TEST(TextReader, ADocumentALine) {
  EXPECT_THAT(texts("\xef\xbb\xbfone\r\n\ntwo words\nthree", TextFormat::kLines),
              ElementsAre("one", "", "two words", "three"));
  EXPECT_THAT(texts("", TextFormat::kLines), IsEmpty());
}

TEST(TextReader, AWholeFile) {
  EXPECT_THAT(texts("\xef\xbb\xbfone\ntwo\n", TextFormat::kFile), ElementsAre("one\ntwo\n"));
  EXPECT_THAT(texts("", TextFormat::kFile), ElementsAre(""));
  EXPECT_THAT(failure(std::string("a\nb\0c", 5), TextFormat::kFile), HasSubstr("2: a NUL byte"));
}

TEST(TextReader, JsonLines) {
  const std::string lines =
      "{\"body\": \"Caf\\u00e9\\n\", \"key\": 7, \"tags\": [\"a\", \"b\"], \"when\": "
      "\"2020\"}\r\n\n"
      "{\"body\": null}\n"
      "{\"body\": [\"one\", \"two\"], \"title\": \"T\"}\n";
  const auto all =
      documents(lines, TextFormat::kJsonLines,
                {.text = "body", .id = "key", .label = "tags", .date = "when", .title = "title"});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].text, "Caf\xc3\xa9\n");
  EXPECT_EQ(all[0].id, "7");
  EXPECT_EQ(all[0].label, "a b");
  EXPECT_EQ(all[0].date, "2020");
  EXPECT_EQ(all[1].text, "");
  EXPECT_EQ(all[2].text, "one two");
  EXPECT_EQ(all[2].title, "T");
  EXPECT_THAT(texts("{\"text\": \"x\"}", TextFormat::kJsonLines), ElementsAre("x"));
}

TEST(TextReader, JsonThatIsNotAsItShouldBe) {
  const auto fail = [](const std::string& lines) { return failure(lines, TextFormat::kJsonLines); };
  EXPECT_THAT(fail("{\"text\": \"a\"}\n{\"text\": \n"), HasSubstr("2: is no JSON at byte"));
  EXPECT_THAT(fail("[{\"text\": \"a\"}]"), HasSubstr("1: is a JSON array, not an object"));
  EXPECT_THAT(
      fail("{\"body\": \"a\", \"id\": 1}"),
      HasSubstr("1: has no field 'text' for the text; give --text-field one of 'body', 'id'"));
  EXPECT_THAT(fail("{\"text\": {\"a\": 1}}"), HasSubstr("field 'text' is an object, not text"));
}

TEST(TextReader, CsvByRfc4180) {
  const std::string csv =
      "id,text,label\r\n"
      "1,\"two\nlines, a comma and \"\"quotes\"\"\",x\r\n"
      "\r\n"
      "2,plain,\n"
      "3,\"\",\"y\"";
  const auto all = documents(csv, TextFormat::kCsv, {.id = "id", .label = "label"});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].text, "two\nlines, a comma and \"quotes\"");
  EXPECT_EQ(all[0].id, "1");
  EXPECT_EQ(all[0].label, "x");
  EXPECT_EQ(all[1].text, "plain");
  EXPECT_EQ(all[1].label, "");
  EXPECT_EQ(all[2].text, "");
  EXPECT_EQ(all[2].label, "y");
  EXPECT_THAT(texts("a,b\nc,d\n", TextFormat::kCsv, {.text = "2", .header = false}),
              ElementsAre("b", "d"));
  EXPECT_THAT(texts("only\none\ntwo\n", TextFormat::kCsv), ElementsAre("one", "two"));
}

TEST(TextReader, TsvHasNoQuotes) {
  EXPECT_THAT(texts("text\tn\n\"He\" said\t1\n\"open\t2\n", TextFormat::kTsv),
              ElementsAre("\"He\" said", "\"open"));
}

TEST(TextReader, RecordsThatAreNotAsTheyShouldBe) {
  const auto fail = [](const std::string& csv, const TextFields& fields = {}) {
    return failure(csv, TextFormat::kCsv, fields);
  };
  EXPECT_THAT(fail("a,b\n1,2\n"), HasSubstr("1: which of 2 columns is the text?; give --text-field "
                                            "one of 'a', 'b'"));
  EXPECT_THAT(fail("a,b\n1,2\n", {.text = "c"}), HasSubstr("1: has no column 'c'"));
  EXPECT_THAT(fail("1,2\n", {.text = "3", .header = false}), HasSubstr("a number from 1 to 2"));
  EXPECT_THAT(fail("a,text\n1,2\n1,2,3\n"),
              HasSubstr("3: a record of 3 fields, but the first has 2"));
  EXPECT_THAT(fail("text\n\"open\nand open\n"), HasSubstr("2: a field whose quotes do not end"));
  EXPECT_THAT(fail("text\n\"a\"b\n"), HasSubstr("2: text behind the quotes"));
}

TEST(TextReader, ARecordHasNoMoreFieldsThanMemoryHasRoomFor) {
  EXPECT_THAT(failure("text" + std::string(99'999, ','), TextFormat::kCsv), "none");
  EXPECT_THAT(failure("text" + std::string(100'000, ','), TextFormat::kCsv),
              HasSubstr("1: a record of more than 100000 fields"));
  EXPECT_THAT(failure("a\ttext\n1" + std::string(200'000, '\t'), TextFormat::kTsv),
              HasSubstr("2: a record of more than 100000 fields"));
}

TEST(TextReader, AFewBadBytesAreCountedManyAreRefused) {
  const std::string good(100, 'x');
  const auto reader =
      open_text(std::make_unique<MemorySource>(good + "\n" + good + "\xe9\n" + good + "\xff\xfe\n"),
                "in", TextFormat::kLines, {});
  TextDocument document;
  ASSERT_TRUE(reader->next(document));
  ASSERT_TRUE(reader->next(document));
  EXPECT_EQ(document.text, good + "\xef\xbf\xbd");
  ASSERT_TRUE(reader->next(document));
  EXPECT_FALSE(reader->next(document));
  EXPECT_EQ(reader->encoding().invalid, 3u);
  EXPECT_EQ(reader->encoding().first_line, 2u);

  EXPECT_THAT(failure("ab\xe9\xe8"
                      "cdefgh",
                      TextFormat::kLines),
              HasSubstr("2 of the first 10 bytes"));
  EXPECT_EQ(failure("ab\xe9"
                    "cdefghi",
                    TextFormat::kLines),
            "none");
  EXPECT_THAT(failure("ab\xe9\xe8"
                      "cdefgh",
                      TextFormat::kFile),
              HasSubstr("are no UTF-8"));
  EXPECT_THAT(failure(std::string("a\0b", 3), TextFormat::kLines), HasSubstr("1: a NUL byte"));
}

}  // namespace
}  // namespace svi_lda

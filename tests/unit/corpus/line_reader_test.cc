#include "corpus/line_reader.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

constexpr std::size_t kLimit = 1'000'000;

LineReader reader_of(const std::string& text, std::size_t step = std::string::npos,
                     std::size_t limit = kLimit) {
  return LineReader(std::make_unique<MemorySource>(text, step), "corpus.txt", limit);
}

std::vector<std::string> lines_of(const std::string& text, std::size_t step = std::string::npos) {
  LineReader reader = reader_of(text, step);
  std::vector<std::string> lines;
  for (std::string_view line; reader.next(line);) {
    lines.emplace_back(line);
    EXPECT_EQ(reader.line(), lines.size());
  }
  return lines;
}

TEST(LineReader, SplitsLinesOfEitherEnd) {
  for (const std::size_t step : {std::size_t{1}, std::size_t{2}, std::string::npos}) {
    EXPECT_THAT(lines_of("", step), ElementsAre());
    EXPECT_THAT(lines_of("\n", step), ElementsAre(""));
    EXPECT_THAT(lines_of("a\nbc\n\nd", step), ElementsAre("a", "bc", "", "d"));
    EXPECT_THAT(lines_of("a\r\nb\rc\r\n\r\nd\r", step), ElementsAre("a", "b\rc", "", "d"));
    EXPECT_THAT(lines_of("\xef\xbb\xbf"s + "a\n\xef\xbb\xbf\n", step),
                ElementsAre("a", "\xef\xbb\xbf"));
    EXPECT_THAT(lines_of("\xef\xbb", step), ElementsAre("\xef\xbb"));
  }
}

// A parser that takes lines by itself sees what next() would deliver, up to a NUL byte at most, and
// goes on with next() wherever it stops.
TEST(LineReader, GivesWhatItHolds) {
  for (const std::size_t step : {std::size_t{3}, std::string::npos}) {
    LineReader reader = reader_of("one\ntwo\nthree\n\0four\n"s, step);
    EXPECT_EQ(reader.buffered(), "");
    std::string_view line;
    ASSERT_TRUE(reader.next(line));
    EXPECT_TRUE(std::string_view("two\nthree\n").starts_with(reader.buffered()));
    reader.take_lines(0, 0);
    ASSERT_TRUE(reader.next(line));
    EXPECT_EQ(line, "two");
    EXPECT_EQ(reader.line(), 2u);
  }
  LineReader reader = reader_of("one\ntwo\nthree\n\0four\n"s);
  std::string_view line;
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(reader.buffered(), "two\nthree\n");
  reader.take_lines(1, 4);
  EXPECT_EQ(reader.line(), 2u);
  EXPECT_EQ(reader.buffered(), "three\n");
  reader.take_lines(1, 6);
  EXPECT_EQ(reader.buffered(), "");
  EXPECT_EQ(error_of([&] { reader.next(line); }).line(), 4u);
}

TEST(LineReader, LinesMaySpanBlocks) {
  std::mt19937_64 random(1);
  std::vector<std::string> expected;
  std::string text;
  for (const std::size_t length : {300'000u, 10u, 0u, 900'000u, 262'143u, 262'144u, 262'145u, 5u}) {
    std::string line(length, 'x');
    for (char& c : line) c = static_cast<char>('a' + random() % 26);
    expected.push_back(line);
    text += line + "\n";
  }
  EXPECT_EQ(lines_of(text), expected);
  EXPECT_EQ(lines_of(text, 4093), expected);
}

TEST(LineReader, DeliversALineAgain) {
  LineReader reader = reader_of("a\nb\nc");
  std::string_view line;
  for (const char* const expected : {"a", "b", "c"}) {
    ASSERT_TRUE(reader.next(line));
    const std::uint64_t number = reader.line();
    reader.unread();
    ASSERT_TRUE(reader.next(line));
    EXPECT_EQ(line, expected);
    EXPECT_EQ(reader.line(), number);
  }
  EXPECT_FALSE(reader.next(line));
}

TEST(LineReader, ANulByteIsAnErrorAtItsLine) {
  for (const std::size_t step : {std::size_t{1}, std::string::npos}) {
    for (const std::string& text : {"a\nb\n\0\nc"s, "a\nb\nccc\0"s, "a\nb\ncc\0dd\n"s}) {
      LineReader reader = reader_of(text, step);
      std::string_view line;
      EXPECT_TRUE(reader.next(line));
      EXPECT_TRUE(reader.next(line));
      EXPECT_EQ(line, "b");
      const Error error = error_of([&] { reader.next(line); });
      EXPECT_EQ(error.line(), 3u);
      EXPECT_THAT(error.problem(), HasSubstr("binary file"));
    }
  }
}

TEST(LineReader, LongLinesAreAnErrorWhereverTheyFall) {
  for (const std::size_t limit : {std::size_t{100}, std::size_t{600'000}}) {
    EXPECT_NO_THROW({
      std::string_view line;
      LineReader reader = reader_of("a\n" + std::string(limit, 'x') + "\n", 1000, limit);
      while (reader.next(line)) continue;
    });
    LineReader reader = reader_of("a\n" + std::string(limit + 1, 'x') + "\nb\n", 1000, limit);
    std::string_view line;
    EXPECT_TRUE(reader.next(line));
    const Error error = error_of([&] { reader.next(line); });
    EXPECT_EQ(error.line(), 2u);
    EXPECT_THAT(error.problem(), HasSubstr("longer than " + std::to_string(limit)));
  }
}

// Never ends and never has a line end.
class EndlessSource final : public ByteSource {
 public:
  explicit EndlessSource(std::uint64_t& bytes) : bytes_(bytes) {}
  std::size_t read(char* out, std::size_t n) override {
    std::fill_n(out, n, '7');
    bytes_ += n;
    return n;
  }

 private:
  std::uint64_t& bytes_;
};

TEST(LineReader, AnEndlessLineTakesBoundedMemory) {
  std::uint64_t bytes = 0;
  LineReader reader(std::make_unique<EndlessSource>(bytes), "corpus.txt", kLimit);
  std::string_view line;
  EXPECT_EQ(error_of([&] { reader.next(line); }).line(), 1u);
  EXPECT_LT(bytes, 3 * kLimit);
}

TEST(LineReader, DamagedGzipIsAnErrorAtTheLineItStruck) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919 % 50'021) + "\n";
  std::string bytes = gzip(text);
  bytes.resize(bytes.size() - 8);  // every byte of text is there, the check is not
  LineReader reader(decompress(std::make_unique<MemorySource>(bytes), "c.gz"), "c.gz", kLimit);
  std::string_view line;
  for (int i = 0; i < 50'000; ++i) ASSERT_TRUE(reader.next(line));
  const Error error = error_of([&] { reader.next(line); });
  EXPECT_EQ(error.line(), 50'001u);
  EXPECT_EQ(error.path(), "c.gz");
  EXPECT_THAT(error.what(), HasSubstr("c.gz:50001: compressed data end early; "));
}

TEST(LineReader, FailsWithPathAndLine) {
  LineReader reader = reader_of("a\nb\n");
  std::string_view line;
  reader.next(line);
  reader.next(line);
  EXPECT_STREQ(error_of([&] { reader.fail("wrong", "do this"); }).what(),
               "corpus.txt:2: wrong; do this");
  EXPECT_STREQ(error_of([&] { reader.fail_at(1, "wrong", "do this"); }).what(),
               "corpus.txt:1: wrong; do this");
}

}  // namespace
}  // namespace svi_lda

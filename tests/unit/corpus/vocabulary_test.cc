#include "corpus/vocabulary.h"

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

Vocabulary read_words(const std::string& text, std::size_t step = std::string::npos) {
  return Vocabulary::read(std::make_unique<MemorySource>(text, step), "corpus.txt");
}

TEST(Vocabulary, ReadsOneWordALine) {
  for (const std::string& text : {"apple\npear\nnew york\n"s, "apple\r\npear\r\nnew york"s,
                                  "\xef\xbb\xbf"s + "apple \npear\t\r \r\nnew york\n\n \n"}) {
    for (const std::size_t step : {std::size_t{1}, std::string::npos}) {
      EXPECT_THAT(read_words(text, step).words(), ElementsAre("apple", "pear", "new york")) << text;
      EXPECT_THAT(read_words(gzip(text), step).words(), ElementsAre("apple", "pear", "new york"));
    }
  }
  const TemporaryFolder folder;
  EXPECT_EQ(Vocabulary::read(write(folder, "v", "a\nb\n")).size(), 2u);
  EXPECT_EQ(error_of([&] { Vocabulary::read(folder.file("none")); }).kind(), ErrorKind::kIo);
  EXPECT_EQ(error_of([&] { Vocabulary::read(folder.file("")); }).kind(), ErrorKind::kIo);
}

TEST(Vocabulary, WordsOrIds) {
  EXPECT_EQ(Vocabulary().word(7), "7");
  EXPECT_TRUE(Vocabulary().empty());
  EXPECT_EQ(read_words("a\nb\n").word(1), "b");
}

TEST(Vocabulary, AcceptsEveryValidCodePoint) {
  const std::string words[] = {"na\xc3\xafve",     "\xc2\x80",         "\xdf\xbf",
                               "\xe0\xa0\x80",     "\xed\x9f\xbf",     "\xee\x80\x80",
                               "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "\x7f"};
  for (const std::string& word : words) EXPECT_THAT(read_words(word).words(), ElementsAre(word));
  std::string long_word;
  for (std::size_t i = 0; i < Vocabulary::kMaxWordLength; ++i) long_word += "\xf0\x9f\x98\x80";
  EXPECT_THAT(read_words(long_word + "\r\n").words(), ElementsAre(long_word));
}

TEST(Vocabulary, EveryErrorHasItsLineAndHint) {
  std::vector<BadText> texts = {
      {"empty", "", 1, "vocabulary is empty", "one word a line"},
      {"blank", "\n\n", 1, "vocabulary is empty", "one word a line"},
      {"empty word", "a\nb\n\nc\n", 3, "an empty word", "one word a line"},
      {"empty first word", "\na\n", 1, "an empty word", "one word a line"},
      {"blank words", "a\n \n\t\nc\n", 2, "an empty word", "one word a line"},
      {"binary", "a\nb\0c\n"s, 2, "binary file", ""},
      {"long word", "a\n" + std::string(1001, 'x') + "\n", 2, "a word of 1001 characters",
       "one word"},
      {"long line", "a\n" + std::string(9000, 'x') + "\n", 2, "longer than", "right file"},
  };
  for (const char* const bytes :
       {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
        "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "caf\xe9"}) {
    texts.push_back({"bad UTF-8", "a\nb"s + bytes + "\n", 2, "is not valid UTF-8", "iconv"});
    texts.push_back({"bad UTF-8 before a letter", "a\n"s + bytes + "z\n", 2, "UTF-8", "iconv"});
  }
  for (const BadText& bad : texts) {
    expect_error(bad, error_of([&] { read_words(bad.text); }));
    expect_error(bad, error_of([&] { read_words(gzip(bad.text)); }));
  }
}

TEST(MapWords, MapsByWord) {
  const Vocabulary from = read_words("pear\nplum\napple\n");
  const Vocabulary to = read_words("apple\npear\npear\nfig\n");
  EXPECT_THAT(map_words(from, to), ElementsAre(1u, kNoWord, 0u));
  EXPECT_THAT(map_words(to, to), ElementsAre(0u, 1u, 1u, 3u));
  EXPECT_THAT(map_words(from, Vocabulary()), ElementsAre(kNoWord, kNoWord, kNoWord));
  EXPECT_THAT(map_words(Vocabulary(), to), ElementsAre());
}

}  // namespace
}  // namespace svi_lda

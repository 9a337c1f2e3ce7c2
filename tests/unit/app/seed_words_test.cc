#include "app/seed_words.h"

#include <gmock/gmock.h>

#include <cctype>
#include <fstream>
#include <string>
#include <vector>

#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {

bool operator==(const SeededWord& a, const SeededWord& b) {
  return a.word == b.word && a.topic == b.topic && a.extra == b.extra;
}

namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SeedWords : public ::testing::Test {
 protected:
  std::vector<SeededWord> read(const std::string& text, double weight = 1.0) const {
    std::ofstream(path()) << text;
    return read_seed_words(path(), 4, weight, vocabulary_, counts_, [](std::string_view word) {
      std::string lower(word);
      for (char& c : lower) c = static_cast<char>(std::tolower(c));
      return lower;
    });
  }
  std::string problem(const std::string& text) const {
    return problem_of(ErrorKind::kInput, [&] { read(text); });
  }
  std::string path() const { return folder_.file("seeds.txt"); }

 private:
  TemporaryFolder folder_;
  // "rare" is in no document; "bank" stands twice.
  const Vocabulary vocabulary_{{"river", "bank", "money", "rare", "loan", "bank"}};
  const std::vector<std::uint64_t> counts_ = {10, 20, 30, 0, 50, 60};
};

TEST_F(SeedWords, LinesAreTopicsInOrder) {
  EXPECT_THAT(read("river  bank\n\nmoney\tloan \r\n"),
              ElementsAre(SeededWord{0, 0, 10.0}, SeededWord{1, 0, 20.0}, SeededWord{2, 2, 30.0},
                          SeededWord{4, 2, 50.0}));
}

TEST_F(SeedWords, NumbersNameTopicsAndTheNextLineGoesOn) {
  EXPECT_THAT(read("# finance\n2: money\nloan\n0: river"),
              ElementsAre(SeededWord{0, 0, 10.0}, SeededWord{2, 2, 30.0}, SeededWord{4, 3, 50.0}));
}

TEST_F(SeedWords, AWordIsSharedAmongItsTopicsAndCountsOnceInEach) {
  EXPECT_THAT(read("bank bank\n1: bank\n0: bank", 0.5),
              ElementsAre(SeededWord{1, 0, 5.0}, SeededWord{1, 1, 5.0}));
}

TEST_F(SeedWords, UnknownWordsAreLeftOut) {
  EXPECT_THAT(read("river lake rare\n"), ElementsAre(SeededWord{0, 0, 10.0}));
  EXPECT_THAT(
      problem("lake rare\nsea\n"),
      AllOf(HasSubstr(path()), HasSubstr("'lake', 'rare', 'sea'"), HasSubstr("--seed-words")));
  EXPECT_THAT(problem("a b c d e f"), HasSubstr("'e', ..."));
  EXPECT_THAT(problem("# nothing\n\n"), HasSubstr("holds no word"));
}

TEST_F(SeedWords, TopicsThatThereAreNotAreErrorsWithTheirLine) {
  EXPECT_THAT(problem("river\n4: bank\n"), AllOf(HasSubstr(path() + ":2"), HasSubstr("topic 4"),
                                                 HasSubstr("0 to 3"), HasSubstr("--topics")));
  EXPECT_THAT(problem("river\n\n\n\nbank\n"), HasSubstr(path() + ":5"));
  EXPECT_THAT(problem("3: river\nbank\n"), HasSubstr(path() + ":2"));
  EXPECT_THAT(problem("99999999999999999999999: bank\n"), HasSubstr(path() + ":1"));
  // Blank lines past the last topic say nothing.
  EXPECT_EQ(read("3: river\n\n\n").size(), 1u);
}

TEST_F(SeedWords, AMissingFileIsNamed) {
  const std::string missing = path() + ".not";
  EXPECT_THAT(
      problem_of(ErrorKind::kIo,
                 [&] { read_seed_words(missing, 4, 1.0, Vocabulary({"a"}), {1}, WordForm()); }),
      HasSubstr(missing));
}

TEST_F(SeedWords, AWordMayStandInAnotherForm) {
  EXPECT_THAT(read("River MONEY\n"), ElementsAre(SeededWord{0, 0, 10.0}, SeededWord{2, 0, 30.0}));
}

}  // namespace
}  // namespace svi_lda

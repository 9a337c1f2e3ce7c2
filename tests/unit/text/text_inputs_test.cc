#include "text/text_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TextInputs : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& content) {
    const std::string path = folder_.file(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path) << content;
    return path;
  }
  TemporaryFolder folder_;
};

TEST_F(TextInputs, AFolderIsItsFilesByPathHiddenOnesLeftOut) {
  write("docs/b.txt", "B");
  write("docs/a/z.txt", "Z");
  write("docs/a.txt", "A");
  write("docs/.git/x", "X");
  write("docs/.hidden", "H");
  TextStream stream(list_text_sources({folder_.file("docs")}, std::nullopt), {});
  std::vector<std::string> ids;
  for (TextDocument document; stream.next(document);) {
    ids.push_back(std::filesystem::relative(document.id, folder_.path()).string() + "=" +
                  document.text);
  }
  EXPECT_THAT(ids, ElementsAre("docs/a.txt=A", "docs/a/z.txt=Z", "docs/b.txt=B"));
  std::filesystem::create_directory(folder_.file("empty"));
  EXPECT_THAT(problem_of(ErrorKind::kInput,
                         [&] { list_text_sources({folder_.file("empty")}, std::nullopt); }),
              HasSubstr("without a file"));
}

TEST_F(TextInputs, SeveralFilesAreToldByTheirNamesAndNumberedOn) {
  const std::string lines = write("a.txt", "one\ntwo\n");
  const std::string json = write("b.JSONL", "{\"text\": \"three\"}\n");
  const std::string bad = write("c", "caf\xe9 and much more text behind it\n");
  TextStream stream(list_text_sources({lines, json, bad}, std::nullopt), {});
  std::vector<std::string> all;
  for (TextDocument document; stream.next(document);) {
    all.push_back(document.id + "=" + document.text.substr(0, 5));
  }
  EXPECT_THAT(all, ElementsAre("1=one", "2=two", "3=three", "4=caf\xef\xbf"));
  EXPECT_EQ(stream.encoding().invalid, 1u);
  EXPECT_EQ(stream.first_invalid(), bad + ":1");
}

TEST_F(TextInputs, AListNamesDocuments) {
  const std::string a = write("a", "A");
  const std::string b = write("b", "B");
  const std::string list = write("list", b + "\n" + a + "\n");
  TextStream stream(listed_text_sources(list, std::nullopt), {});
  TextDocument document;
  ASSERT_TRUE(stream.next(document));
  EXPECT_EQ(document.id, b);
  EXPECT_EQ(document.text, "B");
  EXPECT_THAT(problem_of(ErrorKind::kInput,
                         [&] { listed_text_sources(write("none", "\n"), std::nullopt); }),
              HasSubstr("names no file"));
}

TEST_F(TextInputs, NamesTellTheFormat) {
  EXPECT_EQ(text_format_by_name_of("x/a.txt.gz"), TextFormat::kLines);
  EXPECT_EQ(text_format_by_name_of("A.CSV"), TextFormat::kCsv);
  EXPECT_EQ(text_format_by_name_of("a.ndjson"), TextFormat::kJsonLines);
  EXPECT_EQ(text_format_by_name_of("a.tsv.zst"), TextFormat::kTsv);
  EXPECT_EQ(text_format_by_name_of("txt"), std::nullopt);
  EXPECT_EQ(text_format_by_name_of("a.docword"), std::nullopt);
}

TEST_F(TextInputs, AMatrixIsNeverText) {
  const auto text = [&](const char* content, const char* name = "in.txt") {
    return looks_like_text(write(name, content));
  };
  for (const char* const matrix :
       {"3\n5\n4\n", "\n  12  \n", "2 0:1 3:2\n", "1 x:1\n", "2 3:\n", "-1 2:0.5\n", "3.5\n",
        "3 4 5\n", "%%MatrixMarket matrix\n", "", "\n\n", "\x89SVILDA\n"}) {
    EXPECT_FALSE(text(matrix)) << matrix;
  }
  EXPECT_TRUE(text("once upon a time\n"));
  EXPECT_TRUE(text("12 monkeys\n"));
  EXPECT_TRUE(text("1984: a novel\n"));
  EXPECT_FALSE(text("once upon a time\n", "in.dat"));
  EXPECT_FALSE(looks_like_text("-"));
  EXPECT_FALSE(looks_like_text(folder_.file("nothing.txt")));
  write("parts/1.txt", "3\n5\n4\n");
  EXPECT_FALSE(looks_like_text(folder_.file("parts")));
  write("letters/1", "Dear Sir\n");
  EXPECT_TRUE(looks_like_text(folder_.file("letters")));
}

}  // namespace
}  // namespace svi_lda

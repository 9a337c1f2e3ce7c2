#include "cli/output.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {

using ::testing::HasSubstr;

class OutputFile : public ::testing::Test {
 protected:
  std::string path() const { return folder_.file("result"); }
  std::string content() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  TemporaryFolder folder_;
};

TEST_F(OutputFile, AppearsOnlyWhenFinished) {
  const std::string text(100'000, 'x');
  Output output(path(), false);
  output.write(text);
  output.write("end");
  EXPECT_FALSE(std::filesystem::exists(path()));
  output.finish();
  EXPECT_EQ(content(), text + "end");
  EXPECT_EQ(folder_.entries(), 1U);
}

TEST_F(OutputFile, LeavesNothingWhereUnfinished) {
  { Output(path(), false).write("half"); }
  EXPECT_EQ(folder_.entries(), 0U);
}

TEST_F(OutputFile, RefusesToReplaceUnlessTold) {
  std::ofstream(path()) << "old";
  try {
    Output output(path(), false);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
    EXPECT_THAT(error.what(), HasSubstr("--force"));
  }
  EXPECT_EQ(content(), "old");
  Output output(path(), true);
  output.write("new");
  EXPECT_EQ(content(), "old");
  output.finish();
  EXPECT_EQ(content(), "new");
}

TEST_F(OutputFile, MissingFolderIsAnError) {
  EXPECT_THROW(Output(folder_.file("none/result"), false), Error);
}

// Standard output replaced by `fd` while one lives.
class Redirected {
 public:
  explicit Redirected(int fd) : saved_(::dup(STDOUT_FILENO)) { ::dup2(fd, STDOUT_FILENO); }
  ~Redirected() {
    ::dup2(saved_, STDOUT_FILENO);
    ::close(saved_);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;

 private:
  int saved_;
};

TEST(Print, FullDiskIsAnErrorAndABrokenPipeIsNot) {
  const int full = ::open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  {
    const Redirected redirected(full);
    EXPECT_THROW(print("text"), Error);
  }
  ::close(full);

  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  {
    const Redirected redirected(ends[1]);
    EXPECT_THROW(print("text"), BrokenPipe);
  }
  ::close(ends[1]);
}

TEST(Printable, ReplacesControlCharactersOnly) {
  EXPECT_EQ(printable("tab\tline\nescape\x1b"
                      "del\x7f"),
            "tab?line?escape?del?");
  EXPECT_EQ(printable("na\xc3\xafve word"), "na\xc3\xafve word");
}

}  // namespace
}  // namespace svi_lda::cli

#include "base/file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "support/file_size_limit.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
    return error.what();
  }
  ADD_FAILURE() << "no Error";
  return {};
}

TEST(File, WritesAndReadsAnyBytes) {
  const TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 200000; ++i) bytes += static_cast<char>(i * 7);
  write_file_atomically(folder.file("a"), bytes);
  EXPECT_EQ(read_file(folder.file("a")), bytes);
  write_file_atomically(folder.file("a"), "");
  EXPECT_EQ(read_file(folder.file("a")), "");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(File, WritesRelativeToTheWorkingFolder) {
  const TemporaryFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  write_file_atomically("plain", "x");
  std::filesystem::current_path(before);
  EXPECT_EQ(read_file(folder.file("plain")), "x");
}

TEST(File, PermissionsFollowTheUmask) {
  const TemporaryFolder folder;
  for (const mode_t mask : {0022u, 0077u, 0002u}) {
    const mode_t before = umask(mask);
    write_file_atomically(folder.file("a"), "x");
    umask(before);
    struct stat status {};
    ASSERT_EQ(stat(folder.file("a").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0666u & ~mask);
  }
}

TEST(File, AFailedWriteKeepsTheOldContentAndLeavesNothingBehind) {
  const TemporaryFolder folder;
  write_file_atomically(folder.file("a"), "old");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message =
        message_of([&] { write_file_atomically(folder.file("a"), std::string(100000, 'x')); });
  }
  EXPECT_EQ(message, folder.file("a") +
                         ": cannot write: File too large; raise the file size limit (ulimit -f) "
                         "or choose another file system");
  EXPECT_EQ(read_file(folder.file("a")), "old");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(File, AnAbandonedPendingFileLeavesNothingBehind) {
  const TemporaryFolder folder;
  {
    PendingFile file(folder.file("a"));
    file.write("half");
    EXPECT_EQ(folder.entries(), 1u);
    EXPECT_FALSE(std::filesystem::exists(folder.file("a")));
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(File, AFailedRenameLeavesNothingBehind) {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder.file("a/b"));
  const std::string message = message_of([&] { write_file_atomically(folder.file("a"), "x"); });
  EXPECT_THAT(message, HasSubstr(folder.file("a") + ": cannot rename"));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(File, ErrorsNameThePathTheReasonAndWhatToDo) {
  const TemporaryFolder folder;
  const std::string missing = folder.file("no/such");
  EXPECT_EQ(message_of([&] { write_file_atomically(missing, "x"); }),
            missing + ": cannot write: No such file or directory; check the path");
  EXPECT_EQ(message_of([&] { read_file(missing); }),
            missing + ": cannot open: No such file or directory; check the path");
  EXPECT_EQ(message_of([&] { read_file(folder.path()); }),
            folder.path() + ": cannot read: Is a directory; it is a folder, name a file");
}

TEST(File, AFolderWithoutPermissionIsNamed) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write anywhere";
  const TemporaryFolder folder;
  std::filesystem::permissions(
      folder.path(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  EXPECT_THAT(message_of([&] { write_file_atomically(folder.file("a"), "x"); }),
              AllOf(HasSubstr("Permission denied"), HasSubstr("check the permissions")));
}

TEST(File, CommitMovesAFinishedFileIntoPlace) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("t")) << "new";
  write_file_atomically(folder.file("a"), "old");
  commit_file(folder.file("t"), folder.file("a"));
  EXPECT_EQ(read_file(folder.file("a")), "new");
  EXPECT_EQ(folder.entries(), 1u);
  EXPECT_THAT(message_of([&] { commit_file(folder.file("t"), folder.file("a")); }),
              HasSubstr(folder.file("t") + ": cannot open"));
}

TEST(File, ReadingAnEndlessDeviceEnds) {
  if (!std::filesystem::exists("/dev/zero")) GTEST_SKIP() << "no /dev/zero here";
  EXPECT_THAT(message_of([] { read_file("/dev/zero"); }), HasSubstr("larger than 64 MiB"));
}

TEST(File, RecognisesItsTemporariesAndNoOthers) {
  const TemporaryFolder folder;
  const PendingFile file(folder.file("step-00000001.npz"));
  const std::string name = std::filesystem::path(file.temporary()).filename();
  EXPECT_EQ(finished_name(name), "step-00000001.npz");
  for (const char* other : {"", "a", "a.tmp-", "a.tmp-1234567", "a.tmp-1234567g", "a.tmp-1234567A",
                            "a.tmp_12345678", ".tmp-12345678", "a.tmp-12345678.npz", "model.npz"}) {
    EXPECT_EQ(finished_name(other), "") << other;
  }
}

TEST(File, CommonReasonsComeWithAHint) {
  for (const int errnum : {ENOSPC, EDQUOT, EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, EFBIG,
                           EMFILE, ENFILE, ENAMETOOLONG, EIO, EEXIST}) {
    EXPECT_NE(hint_for(errnum), "") << errnum;
    EXPECT_THAT(reason_for(errnum), Not(HasSubstr("nknown"))) << errnum;
  }
  EXPECT_EQ(hint_for(EDOM), "");
  EXPECT_EQ(std::string(io_error("p", "cannot write", ENOSPC).what()),
            "p: cannot write: No space left on device; free space or choose another folder");
}

}  // namespace
}  // namespace svi_lda

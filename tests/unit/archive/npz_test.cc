#include "archive/npz.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <zip.h>

#include <bit>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <limits>

#include "base/file.h"
#include "support/file_size_limit.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::vector<double> kDoubles = {0.1, -0.0, 1e-320, std::numeric_limits<double>::max()};
const std::vector<std::uint64_t> kIntegers = {0, 1, std::numeric_limits<std::uint64_t>::max()};
const std::vector<std::string> kWords = {"", "river",
                                         "stra\xc3\x9f"
                                         "e",
                                         "\xf0\x9f\x8c\x8a"};

void fill_column(std::uint64_t c, float* out) {
  for (int r = 0; r < 3; ++r) out[r] = static_cast<float>(static_cast<double>(c) + 0.1 * r);
}

void write_sample(const std::string& path) {
  NpzWriter npz(path);
  npz.add_columns("lambda", 3, 1000, fill_column);
  npz.add("doubles", kDoubles);
  npz.add("integers", kIntegers);
  npz.add_scalar("scalar", 1.0 / 3.0);
  npz.add_strings("words", kWords);
  npz.add_text("meta.json", "{}\n");
  npz.finish();
}

// An archive of one stored member, made with libzip alone.
void write_archive(const std::string& path, const std::string& name, const std::string& bytes) {
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  ASSERT_NE(zip, nullptr);
  zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
  const zip_int64_t index = zip_file_add(zip, name.c_str(), source, 0);
  ASSERT_EQ(zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0), 0);
  ASSERT_EQ(zip_close(zip), 0);
}

std::string npy(const std::string& dictionary, const std::string& data) {
  return std::string("\x93NUMPY\1\0", 8) + static_cast<char>(dictionary.size()) +
         std::string(1, '\0') + dictionary + data;
}

TEST(Npz, WhatIsWrittenIsRead) {
  const TemporaryFolder folder;
  write_sample(folder.file("a.npz"));
  const NpzReader npz(folder.file("a.npz"));
  const auto bits = [](const std::vector<double>& values) {
    std::vector<std::uint64_t> result;
    for (const double value : values) result.push_back(std::bit_cast<std::uint64_t>(value));
    return result;
  };
  EXPECT_EQ(bits(npz.doubles("doubles")), bits(kDoubles));
  EXPECT_EQ(npz.integers("integers"), kIntegers);
  EXPECT_EQ(npz.scalar("scalar"), 1.0 / 3.0);
  EXPECT_EQ(npz.strings("words"), kWords);
  EXPECT_EQ(npz.text("meta.json"), "{}\n");
  std::uint64_t columns = 0;
  npz.columns("lambda", 3, 1000, [&](std::uint64_t c, const float* column) {
    EXPECT_EQ(c, columns++);
    float expected[3];
    fill_column(c, expected);
    EXPECT_THAT(std::vector<float>(column, column + 3), ElementsAreArray(expected));
  });
  EXPECT_EQ(columns, 1000u);
  EXPECT_TRUE(npz.has("doubles.npy"));
  EXPECT_FALSE(npz.has("doubles"));
}

TEST(Npz, EmptyMembersAreAllowed) {
  const TemporaryFolder folder;
  NpzWriter writer(folder.file("a.npz"));
  writer.add("none", std::span<const double>());
  writer.add_strings("words", {});
  writer.add_text("text", "");
  writer.finish();
  const NpzReader npz(folder.file("a.npz"));
  EXPECT_THAT(npz.doubles("none"), IsEmpty());
  EXPECT_THAT(npz.strings("words"), IsEmpty());
  EXPECT_EQ(npz.text("text"), "");
}

TEST(Npz, EqualContentGivesEqualBytesAnywhereAnytime) {
  const TemporaryFolder folder;
  write_sample(folder.file("a.npz"));
  const std::string expected = read_file(folder.file("a.npz"));
  const char* before = std::getenv("TZ");
  const std::string zone = before == nullptr ? "" : before;
  for (const char* other : {"UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"}) {
    setenv("TZ", other, 1);
    tzset();
    const mode_t mask = umask(0077);
    write_sample(folder.file("b.npz"));
    umask(mask);
    EXPECT_EQ(read_file(folder.file("b.npz")), expected) << other;
  }
  if (before == nullptr) {
    unsetenv("TZ");
  } else {
    setenv("TZ", zone.c_str(), 1);
  }
  tzset();
}

TEST(Npz, PermissionsFollowTheUmask) {
  const TemporaryFolder folder;
  const mode_t mask = umask(0027);
  write_sample(folder.file("a.npz"));
  umask(mask);
  struct stat status {};
  ASSERT_EQ(stat(folder.file("a.npz").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0640u);
}

TEST(Npz, AFullDiskIsNamedAndLeavesNothingBehind) {
  const TemporaryFolder folder;
  write_file_atomically(folder.file("a.npz"), "old");
  std::string message;
  for (const rlim_t bytes : {0u, 100u, 5000u, 12400u}) {
    const FileSizeLimit limit(bytes);
    message = problem_of(ErrorKind::kIo, [&] { write_sample(folder.file("a.npz")); });
    EXPECT_THAT(message, StartsWith(folder.file("a.npz") + ": cannot write: File too large; "));
  }
  EXPECT_EQ(read_file(folder.file("a.npz")), "old");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(Npz, AMissingFolderIsNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(problem_of(ErrorKind::kIo, [&] { write_sample(folder.file("no/a.npz")); }),
            folder.file("no/a.npz") + ": cannot write: No such file or directory; check the path");
}

TEST(Npz, WhatFillThrowsLeavesFinishAndNothingBehind) {
  const TemporaryFolder folder;
  NpzWriter npz(folder.file("a.npz"));
  npz.add_columns("lambda", 3, 1000, [](std::uint64_t c, float* out) {
    if (c == 700) throw Error(ErrorKind::kNumeric, "column 700");
    fill_column(c, out);
  });
  EXPECT_EQ(problem_of(ErrorKind::kNumeric, [&] { npz.finish(); }), "column 700");
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(Npz, WordsThatNumPyCannotHoldAreRefused) {
  const TemporaryFolder folder;
  for (const std::string& word : {std::string("a\0b", 3), std::string("\xff")}) {
    NpzWriter npz(folder.file("a.npz"));
    const std::vector<std::string> words = {"good", word};
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { npz.add_strings("vocabulary", words); }),
                HasSubstr("member vocabulary.npy: word 1 is not valid UTF-8"));
  }
}

TEST(Npz, ReaderNamesFileMemberAndWhatIsWrong) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  write_sample(path);
  const NpzReader npz(path);
  const auto expect = [&](const std::function<void()>& action, const std::string& problem) {
    EXPECT_THAT(
        problem_of(ErrorKind::kInput, action),
        AllOf(StartsWith(path + ": member " + problem), HasSubstr("; the file is damaged")));
  };
  expect([&] { npz.doubles("none"); }, "none.npy: is missing");
  expect([&] { npz.doubles("integers"); }, "integers.npy: holds '<u8', expected '<f8'");
  expect([&] { npz.integers("doubles"); }, "doubles.npy: holds '<f8', expected '<u8'");
  expect([&] { npz.scalar("doubles"); }, "doubles.npy: has 1 axes, expected 0");
  expect([&] { npz.strings("doubles"); }, "doubles.npy: holds '<f8', expected strings");
  const auto ignore = [](std::uint64_t, const float*) {};
  expect([&] { npz.columns("lambda", 1000, 3, ignore); }, "lambda.npy: is not a 1000 x 3 array");
  expect([&] { npz.columns("lambda", 3, 999, ignore); }, "lambda.npy: is not a 3 x 999 array");
}

TEST(Npz, RefusesWhatIsNoArchive) {
  const TemporaryFolder folder;
  EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { NpzReader npz(folder.file("none")); }),
              HasSubstr("cannot open: No such file or directory"));
  EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { NpzReader npz(folder.path()); }),
              HasSubstr("cannot open: Is a directory"));
  write_file_atomically(folder.file("text"), "not a zip at all, but long enough to be looked at");
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { NpzReader npz(folder.file("text")); }),
              HasSubstr("not a readable .npz file"));
  write_file_atomically(folder.file("empty"), "");
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { NpzReader(folder.file("empty")).text("a"); }),
              HasSubstr(folder.file("empty")));
}

TEST(Npz, ShapesThatTheMemberDoesNotBackAreRefused) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  const std::string data(16, '\0');
  for (const char* shape : {"(3,)", "(1,)", "(1000000000000,)", "(4611686018427387906,)"}) {
    write_archive(
        path, "a.npy",
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': " + std::string(shape) + "}\n",
            data));
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { NpzReader(path).doubles("a"); }),
                HasSubstr("its shape and its size disagree"))
        << shape;
  }
  write_archive(path, "a.npy",
                npy("{'descr': '<U0', 'fortran_order': False, 'shape': (1000000000000,)}\n", ""));
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { NpzReader(path).strings("a"); }),
              HasSubstr("holds '<U0', expected strings"));
  write_archive(path, "a.npy",
                npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2)}\n", data));
  EXPECT_THAT(
      problem_of(ErrorKind::kInput, [&] { NpzReader(path).columns("a", 2, 2, [](auto, auto) {}); }),
      HasSubstr("is not a 2 x 2 array in fortran order"));
}

TEST(Npz, ReadsHeadersOfVersionTwoAndOfOtherWriters) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  const std::string dictionary = "{'shape': (1,), 'fortran_order': False, 'descr': '<f8'}\n";
  const double value = 2.5;
  const std::string data(reinterpret_cast<const char*>(&value), sizeof(value));
  write_archive(path, "a.npy", npy(dictionary, data));
  EXPECT_THAT(NpzReader(path).doubles("a"), ElementsAre(2.5));
  write_archive(path, "a.npy",
                std::string("\x93NUMPY\2\0", 8) + static_cast<char>(dictionary.size()) +
                    std::string(3, '\0') + dictionary + data);
  EXPECT_THAT(NpzReader(path).doubles("a"), ElementsAre(2.5));
}

TEST(Npz, TextOfUnreasonableSizeIsRefused) {
  const TemporaryFolder folder;
  write_archive(folder.file("a.npz"), "meta.json", std::string((1 << 20) + 1, ' '));
  EXPECT_THAT(
      problem_of(ErrorKind::kInput, [&] { NpzReader(folder.file("a.npz")).text("meta.json"); }),
      HasSubstr("larger than 1 MiB"));
}

bool runs(const std::string& command) { return std::system((command + " >&2").c_str()) == 0; }

TEST(Npz, UnzipTestsIt) {
  if (!runs("command -v unzip")) GTEST_SKIP() << "no unzip here";
  const TemporaryFolder folder;
  write_sample(folder.file("a.npz"));
  EXPECT_TRUE(runs("unzip -tq '" + folder.file("a.npz") + "'"));
}

TEST(Npz, NumPyReadsItAndWouldWriteTheSameHeaders) {
  const std::string python = "/usr/bin/python3";
  if (!runs(python + " -c 'import numpy'")) GTEST_SKIP() << "no NumPy here";
  const TemporaryFolder folder;
  write_sample(folder.file("a.npz"));
  write_file_atomically(folder.file("check.py"), R"(
import io, sys, zipfile
import numpy as np
path = sys.argv[1]
data = np.load(path)
assert data.files == ['lambda', 'doubles', 'integers', 'scalar', 'words', 'meta.json'], data.files
l = data['lambda']
assert l.shape == (3, 1000) and l.dtype == np.float32 and l.flags.f_contiguous
assert l[2, 999] == np.float32(999.2), l[2, 999]
assert data['scalar'].shape == () and float(data['scalar']) == 1 / 3
assert data['doubles'].tolist() == [0.1, -0.0, 1e-320, sys.float_info.max]
assert data['integers'].tolist() == [0, 1, 2**64 - 1] and data['integers'].dtype == np.uint64
assert data['words'].tolist() == ['', 'river', 'straße', '\U0001f30a'], data['words']
assert data['words'].dtype == '<U6'
with zipfile.ZipFile(path) as archive:
    for info in archive.infolist():
        assert info.date_time == (1980, 1, 1, 0, 0, 0), info
        stored = zipfile.ZIP_STORED if info.filename != 'words.npy' else zipfile.ZIP_DEFLATED
        assert info.compress_type == stored, info
        if info.filename.endswith('.npy') and np.lib.NumpyVersion(np.__version__) >= '1.23.0':
            own = io.BytesIO()
            np.lib.format.write_array(own, data[info.filename[:-4]])
            assert own.getvalue() == archive.read(info), info.filename
)");
  EXPECT_TRUE(runs(python + " '" + folder.file("check.py") + "' '" + folder.file("a.npz") + "'"));
}

}  // namespace
}  // namespace svi_lda

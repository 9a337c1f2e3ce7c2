#include "corpus/npz_corpus.h"

#include <cmath>
#include <cstring>
#include <functional>

#include "archive/npz.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

template <typename T>
void add(NpzWriter& file, const char* name, const char* descr, const std::vector<T>& values) {
  const auto* bytes = reinterpret_cast<const char*>(values.data());
  file.add_stream(name, descr, {values.size()}, true,
                  [all = std::string(bytes, values.size() * sizeof(T)),
                   at = std::size_t{0}](std::span<char> out) mutable {
                    std::memcpy(out.data(), all.data() + at, out.size());
                    at += out.size();
                  });
}

// The members of a matrix, to be spoilt one at a time.
struct Matrix {
  std::string format = "csr";
  std::vector<std::int64_t> shape = {3, 5};
  std::vector<std::int32_t> indptr = {0, 3, 3, 5};
  std::vector<std::int32_t> indices = {4, 0, 0, 1, 2};
  std::vector<double> data = {2, 1, 3, 0, 7};

  std::string write(const TemporaryFolder& folder) const {
    NpzWriter file(folder.file("m.npz"));
    add(file, "indices", "<i4", indices);
    add(file, "indptr", "<i4", indptr);
    file.add_stream(
        "format", "|S" + std::to_string(format.size()), {}, false,
        [&](std::span<char> out) { std::memcpy(out.data(), format.data(), out.size()); });
    add(file, "shape", "<i8", shape);
    add(file, "data", "<f8", data);
    file.finish();
    return folder.file("m.npz");
  }
};

// Unsorted, with an entry in two parts and a zero, as SciPy allows.
TEST(NpzCorpus, ReadsRowsOfCsrAndColumnsOfCsc) {
  const TemporaryFolder folder;
  const std::vector<Bag> bags = {{{0, 4}, {4, 2}}, {}, {{2, 7}}};
  Matrix matrix;
  EXPECT_EQ(read_all(*open_corpus(matrix.write(folder))), bags);
  matrix.format = "csc";
  matrix.shape = {5, 3};
  OpenCorpusOptions columns;
  columns.documents_are = DocumentsAre::kColumns;
  EXPECT_EQ(read_all(*open_corpus(matrix.write(folder), columns)), bags);
  // The same file the other way round: five documents, sorted in memory.
  const std::vector<Bag> turned = {{{0, 4}}, {}, {{2, 7}}, {}, {{0, 2}}};
  EXPECT_EQ(read_all(*open_corpus(matrix.write(folder))), turned);
}

TEST(NpzCorpus, ReadsEveryTypeOfNumber) {
  const TemporaryFolder folder;
  const auto check = [&]<typename T>(const char* descr, T one) {
    NpzWriter file(folder.file("m.npz"));
    add(file, "row", "<i8", std::vector<std::int64_t>{1, 0});
    add(file, "col", "<u2", std::vector<std::uint16_t>{0, 1});
    file.add_stream("format", "<U3", {}, false, [](std::span<char> out) {
      const char32_t text[] = {U'c', U'o', U'o'};
      std::memcpy(out.data(), text, out.size());
    });
    add(file, "shape", "<i8", std::vector<std::int64_t>{2, 2});
    add(file, "data", descr, std::vector<T>{one, one});
    file.finish();
    EXPECT_EQ(read_all(*open_corpus(folder.file("m.npz"))), (std::vector<Bag>{{{1, 1}}, {{0, 1}}}))
        << descr;
  };
  check("|b1", std::uint8_t{1});
  check("|u1", std::uint8_t{1});
  check("|i1", std::int8_t{1});
  check("<u2", std::uint16_t{1});
  check("<i2", std::int16_t{1});
  check("<u4", std::uint32_t{1});
  check("<i4", std::int32_t{1});
  check("<u8", std::uint64_t{1});
  check("<i8", std::int64_t{1});
  check("<f4", 1.0f);
  check("<f8", 1.0);
}

TEST(NpzCorpus, SaysWhatIsWrong) {
  const struct {
    const char* problem;
    std::function<void(Matrix&)> spoil;
  } cases[] = {
      {"of the kind 'bsr'", [](Matrix& m) { m.format = "bsr"; }},
      {"not that of a matrix", [](Matrix& m) { m.shape = {3}; }},
      {"a matrix of 0 documents", [](Matrix& m) { m.shape[0] = 0; }},
      {"indptr does not have the length", [](Matrix& m) { m.shape[0] = 4; }},
      {"indptr does not begin with 0", [](Matrix& m) { m.indptr[0] = 1; }},
      {"indptr falls or leads beyond", [](Matrix& m) { m.indptr[2] = 2; }},
      {"indptr falls or leads beyond", [](Matrix& m) { m.indptr[3] = 6; }},
      {"indptr ends before indices do", [](Matrix& m) { m.indptr[3] = 4; }},
      {"an index 5 in a matrix that has 5", [](Matrix& m) { m.indices[0] = 5; }},
      {"its number 4 (from 0) is -1", [](Matrix& m) { m.indices[4] = -1; }},
      {"its number 1 (from 0) is 0.5", [](Matrix& m) { m.data[1] = 0.5; }},
      {"its number 0 (from 0) is nan", [](Matrix& m) { m.data[0] = std::nan(""); }},
      {"above 16777216", [](Matrix& m) { m.data[0] = 16777217; }},
      {"stands more than 16777216 times", [](Matrix& m) { m.data[1] = m.data[2] = 16777216; }},
      {"differ in length", [](Matrix& m) { m.indices.pop_back(); }},
      {"no document has a word",
       [](Matrix& m) {
         m.data = {0, 0, 0, 0, 0};
       }},
  };
  for (const auto& bad : cases) {
    const TemporaryFolder folder;
    Matrix matrix;
    bad.spoil(matrix);
    const std::string path = matrix.write(folder);
    const Error error = error_of([&] { read_all(*open_corpus(path)); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput) << bad.problem;
    EXPECT_EQ(error.path(), path) << bad.problem;
    EXPECT_THAT(error.problem(), HasSubstr(bad.problem));
    EXPECT_FALSE(error.hint().empty()) << bad.problem;
  }
}

TEST(NpzCorpus, IsReadFromAFileOnly) {
  EXPECT_THAT(error_of([] { open_text("PK\x03\x04 and so on"); }).hint(), HasSubstr("pipe"));
  OpenCorpusOptions options;
  options.format = CorpusFormat::kNpz;
  EXPECT_THAT(error_of([&] { open_text("PK", options); }).problem(),
              HasSubstr("npz is read from a file only"));
}

TEST(NpzCorpus, AnArchiveOfOtherThingsIsNamed) {
  const TemporaryFolder folder;
  NpzWriter file(folder.file("m.npz"));
  file.add_text("meta.json", "{}");
  file.finish();
  EXPECT_FALSE(is_sparse_matrix(folder.file("m.npz")));
  EXPECT_THAT(error_of([&] { open_corpus(folder.file("m.npz")); }).problem(),
              HasSubstr("not a sparse matrix of SciPy"));
}

}  // namespace
}  // namespace svi_lda

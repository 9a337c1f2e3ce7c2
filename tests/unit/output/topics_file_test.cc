#include "output/topics_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "archive/npy_header.h"
#include "archive/npz.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

// Two topics of three words.
const std::vector<std::vector<double>> kTopics = {{0.5, 0.25, 0.25}, {0.125, 0.0, 0.875}};

class TopicsFileTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_.file(name), std::ios::binary) << bytes;
    return folder_.file(name);
  }
  // A .npy of T, rows x columns of `values` in the order given.
  template <typename T>
  std::string npy(const std::string& descr, bool fortran, std::uint64_t rows, std::uint64_t columns,
                  const std::vector<T>& values) {
    std::string bytes = format_npy_header({descr, fortran, {rows, columns}});
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    return write("topics.npy", bytes);
  }
  std::string problem(const std::string& path, std::uint32_t vocab_size = 3) {
    return problem_of(ErrorKind::kInput, [&] { read_topics_file(path, vocab_size); });
  }

  TemporaryFolder folder_;
};

void expect_topics(const TopicsFile& file) {
  ASSERT_EQ(file.topics.num_topics(), 2u);
  ASSERT_EQ(file.topics.vocab_size(), 3u);
  for (std::uint32_t w = 0; w < 3; ++w) {
    float lambda[2];
    file.topics.lambda_row(w, lambda);
    for (std::size_t k = 0; k < 2; ++k) {
      EXPECT_EQ(static_cast<double>(lambda[k]) / file.topics.row_sums()[k], kTopics[k][w])
          << k << " " << w;
    }
  }
}

TEST_F(TopicsFileTest, ReadsNpyOfEveryOrderTypeAndOrientation) {
  const std::vector<double> rows = {0.5, 0.25, 0.25, 0.125, 0.0, 0.875};
  const std::vector<double> columns = {0.5, 0.125, 0.25, 0.0, 0.25, 0.875};
  expect_topics(read_topics_file(npy("<f8", false, 2, 3, rows), 3));
  expect_topics(read_topics_file(npy("<f8", true, 2, 3, columns), 0));
  // Words x topics, told by the number of words.
  expect_topics(read_topics_file(npy("<f8", false, 3, 2, columns), 3));
  expect_topics(read_topics_file(npy("<f8", true, 3, 2, rows), 3));
  const std::vector<float> floats(rows.begin(), rows.end());
  expect_topics(read_topics_file(npy("<f4", false, 2, 3, floats), 3));
  // Counts, 8 in each topic: their sums say nothing of weights.
  const TopicsFile counts =
      read_topics_file(npy("<i4", false, 2, 3, std::vector<std::int32_t>{4, 2, 2, 1, 0, 7}), 3);
  expect_topics(counts);
  EXPECT_FALSE(counts.weighted);
  const TopicsFile weighted =
      read_topics_file(npy("<u8", false, 2, 3, std::vector<std::uint64_t>{40, 20, 20, 1, 0, 7}), 3);
  expect_topics(weighted);
  EXPECT_TRUE(weighted.weighted);
}

TEST_F(TopicsFileTest, ReadsTheMatrixOfAnArchiveWithItsWordsAndAlpha) {
  const std::string path = folder_.file("topics.npz");
  const std::vector<double> alpha = {0.5, 0.25};
  const std::vector<std::string> words = {"ape", "bee", "cat"};
  NpzWriter writer(path);
  writer.add("alpha", alpha);
  writer.add_columns("components_", 2, 3, [](std::uint64_t w, float* out) {
    for (std::size_t k = 0; k < 2; ++k) out[k] = static_cast<float>(kTopics[k][w]);
  });
  writer.add_columns("other", 1, 1, [](std::uint64_t, float* out) { *out = 1.0f; });
  writer.add_strings("vocabulary", words);
  writer.finish();
  // The caller's vocabulary is another: the file's counts.
  const TopicsFile file = read_topics_file(path, 77);
  expect_topics(file);
  EXPECT_EQ(file.alpha, alpha);
  EXPECT_EQ(file.vocabulary.words(), words);
}

TEST_F(TopicsFileTest, ReadsTextWithAndWithoutWords) {
  expect_topics(read_topics_file(write("a", "0.5\t0.25\t0.25\n0.125\t0\t0.875\n"), 3));
  expect_topics(read_topics_file(write("b", "5e-1, 0.25, 0.25\n\n1, 0, 7\n"), 0));
  const TopicsFile file =
      read_topics_file(write("c", "ape\tbee\tcat\n4\t2\t2\n0.125 0 0.875\n"), 9);
  expect_topics(file);
  EXPECT_EQ(file.vocabulary.word(1), "bee");
  EXPECT_TRUE(file.weighted);
}

TEST_F(TopicsFileTest, SaysWhatIsWrong) {
  const std::vector<double> six = {0.5, 0.25, 0.25, 0.125, 0.0, 0.875};
  EXPECT_THAT(problem(npy("<f8", false, 2, 3, six), 5), HasSubstr("there are 5 words"));
  EXPECT_THAT(problem(npy("<f8", false, 3, 2, six), 0), HasSubstr("more topics than words"));
  EXPECT_THAT(problem(npy("<f8", false, 2, 4, six)), HasSubstr("shape and its size disagree"));
  EXPECT_THAT(problem(npy(">f8", false, 2, 3, six)), HasSubstr("type '>f8'"));
  EXPECT_THAT(problem(npy("<f8", false, 2, 3, std::vector<double>{-1, 1, 1, 1, 1, 1})),
              HasSubstr("topic 0, word 0: -1"));
  EXPECT_THAT(problem(npy("<f8", false, 2, 3, std::vector<double>{0, 0, 0, 1, 1, 1})),
              HasSubstr("topic 0 gives all words probability 0"));
  EXPECT_THAT(problem(write("vector.npy", format_npy_header({"<f8", false, {0}}))),
              HasSubstr("1 axes"));
  EXPECT_THAT(problem(write("cut.npy", "\x93NUMPY")), HasSubstr("ends within"));
  EXPECT_THAT(problem(write("a", "0.5 0.5 0\n0.5 0.5\n")), HasSubstr("a:2: has 2 numbers"));
  EXPECT_THAT(problem(write("b", "1 2 3\n1 x 3\n")), HasSubstr("is not a number"));
  EXPECT_THAT(problem(write("c", "-1.5 -2 -3\n")), HasSubstr("neither a probability nor a count"));
  EXPECT_THAT(problem(write("d", "ape bee cat\n")), HasSubstr("holds no topic"));
  EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { read_topics_file(folder_.file("none"), 3); }),
              HasSubstr("none"));
}

}  // namespace
}  // namespace svi_lda

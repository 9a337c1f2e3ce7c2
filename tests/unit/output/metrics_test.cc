#include "output/metrics.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "support/file_size_limit.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

MetricsRecord record_of(std::uint64_t step) {
  MetricsRecord record;
  record.step = step;
  record.rho = 0.5;
  return record;
}

std::string lines_of(const std::vector<std::uint64_t>& steps) {
  std::string lines;
  for (const std::uint64_t step : steps) lines += to_json_line(record_of(step));
  return lines;
}

TEST(Metrics, ARecordIsOneLineInTheOrderOfItsFields) {
  MetricsRecord record{7, 1, 100, 2000, 0.25, 1.5, 1e6, 12.5, 3, 123.5, "completion", 40, 0.5, 99};
  EXPECT_EQ(to_json_line(record),
            R"({"step":7,"pass":1,"docs":100,"tokens":2000,"rho":0.25,"seconds":1.5,)"
            R"("tokens_per_second":1000000.0,"inner_iterations":12.5,"slow_path_tokens":3,)"
            R"("held_out_perplexity":123.5,"held_out_estimator":"completion","held_out_tokens":40,)"
            R"("held_out_standard_error":0.5,"unigram_perplexity":99.0})"
            "\n");
}

TEST(Metrics, WhatIsNotKnownIsLeftOut) {
  EXPECT_EQ(to_json_line(record_of(7)),
            R"({"step":7,"pass":0,"docs":0,"tokens":0,"rho":0.5,"seconds":0.0,)"
            R"("tokens_per_second":0.0,"inner_iterations":0.0,"slow_path_tokens":0})"
            "\n");
}

TEST(Metrics, TheCorpusBoundIsAFigureOfItsOwn) {
  MetricsRecord record = record_of(7);
  record.corpus_bound_per_token = -8.25;
  EXPECT_THAT(to_json_line(record),
              HasSubstr(R"("slow_path_tokens":0,"corpus_bound_per_token":-8.25})"));
}

TEST(Metrics, NumbersSurviveBitForBit) {
  MetricsRecord record = record_of(~std::uint64_t{0});
  record.rho = std::nextafter(0.1, 1.0);
  record.held_out_perplexity = 1.0 / 3.0;
  const auto json = nlohmann::json::parse(to_json_line(record));
  EXPECT_EQ(json["step"].get<std::uint64_t>(), record.step);
  EXPECT_EQ(json["rho"].get<double>(), record.rho);
  EXPECT_EQ(json["held_out_perplexity"].get<double>(), 1.0 / 3.0);
}

TEST(Metrics, AFigureThatIsNoNumberIsAnErrorWithItsName) {
  const auto expect = [](const char* name, const std::function<void(MetricsRecord&)>& spoil) {
    MetricsRecord record = record_of(1);
    spoil(record);
    EXPECT_THAT(problem_of(ErrorKind::kNumeric, [&] { to_json_line(record); }),
                StartsWith(std::string(name) + " is "));
  };
  expect("rho", [](MetricsRecord& r) { r.rho = NAN; });
  expect("seconds", [](MetricsRecord& r) { r.seconds = HUGE_VAL; });
  expect("tokens_per_second", [](MetricsRecord& r) { r.tokens_per_second = -HUGE_VAL; });
  expect("inner_iterations", [](MetricsRecord& r) { r.inner_iterations = NAN; });
  expect("held_out_perplexity", [](MetricsRecord& r) { r.held_out_perplexity = NAN; });
  expect("held_out_standard_error", [](MetricsRecord& r) { r.held_out_standard_error = NAN; });
  expect("corpus_bound_per_token", [](MetricsRecord& r) { r.corpus_bound_per_token = -HUGE_VAL; });
  expect("unigram_perplexity", [](MetricsRecord& r) { r.unigram_perplexity = NAN; });
}

TEST(MetricsFile, AppendsToWhatIsThere) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  { MetricsFile(path, 0).append(record_of(1)); }
  {
    MetricsFile file(path, 1);
    file.append(record_of(2));
    EXPECT_EQ(read_file(path), lines_of({1, 2}));  // at once, not when it is closed
    file.append(record_of(3));
  }
  EXPECT_EQ(read_file(path), lines_of({1, 2, 3}));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(MetricsFile, DropsWhatCameAfterTheCheckpoint) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  write_file_atomically(path, lines_of({0, 1, 5, 9, 12}));
  { MetricsFile file(path, 9); }
  EXPECT_EQ(read_file(path), lines_of({0, 1, 5, 9}));
  { MetricsFile file(path, 8); }
  EXPECT_EQ(read_file(path), lines_of({0, 1, 5}));
  { MetricsFile file(path, 0); }
  EXPECT_EQ(read_file(path), lines_of({0}));
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(MetricsFile, DropsATornLastLineWhereverItIsTorn) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  const std::string whole = lines_of({1, 2});
  for (std::size_t length = lines_of({1}).size(); length < whole.size(); ++length) {
    std::filesystem::remove(path);
    std::ofstream(path) << whole.substr(0, length);
    MetricsFile(path, 5).append(record_of(3));
    EXPECT_EQ(read_file(path), lines_of({1, 3})) << length;
  }
}

TEST(MetricsFile, LeavesAGoodFileAlone) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  write_file_atomically(path, lines_of({1, 2}));
  struct stat before {};
  struct stat after {};
  ASSERT_EQ(stat(path.c_str(), &before), 0);
  { MetricsFile file(path, 2); }
  ASSERT_EQ(stat(path.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
}

TEST(MetricsFile, ALineThatIsNoRecordIsNamed) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  for (const char* line : {"nonsense", "", "{\"stop\":1}", "{\"step\":-1}"}) {
    const std::string content = lines_of({1}) + line + "\n" + lines_of({3});
    std::filesystem::remove(path);
    write_file_atomically(path, content);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { MetricsFile file(path, 1); }),
                AllOf(StartsWith(path + ":2: not a record"), HasSubstr("; remove the line")));
    EXPECT_EQ(read_file(path), content);
  }
}

TEST(MetricsFile, HalfARecordIsTakenBack) {
  const TemporaryFolder folder;
  const std::string path = folder.file("metrics.jsonl");
  MetricsFile file(path, 0);
  file.append(record_of(1));
  {
    const FileSizeLimit limit(lines_of({1}).size() + 20);
    EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { file.append(record_of(2)); }),
                StartsWith(path + ": cannot write: "));
  }
  EXPECT_EQ(read_file(path), lines_of({1}));
  file.append(record_of(2));
  EXPECT_EQ(read_file(path), lines_of({1, 2}));
}

TEST(MetricsFile, AFullDiskIsNamed) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  MetricsFile file("/dev/full", 0);
  EXPECT_EQ(problem_of(ErrorKind::kIo, [&] { file.append(record_of(1)); }),
            "/dev/full: cannot write: No space left on device; free space or choose another "
            "folder");
}

TEST(MetricsFile, AMissingFolderIsNamed) {
  const TemporaryFolder folder;
  EXPECT_THAT(problem_of(ErrorKind::kIo, [&] { MetricsFile file(folder.file("no/m"), 0); }),
              StartsWith(folder.file("no/m") + ": cannot write: No such file or directory"));
}

}  // namespace
}  // namespace svi_lda

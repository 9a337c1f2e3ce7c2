#include "output/metrics_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

MetricsRecord sample(std::uint64_t step) {
  MetricsRecord record;
  record.step = step;
  record.pass = 2;
  record.docs = 300;
  record.tokens = 4000;
  record.rho = 0.125;
  record.seconds = 1.5;
  record.tokens_per_second = 1e6;
  record.inner_iterations = 7.25;
  record.slow_path_tokens = 3;
  record.held_out_perplexity = 1234.5;
  record.held_out_estimator = "completion";
  record.held_out_tokens = 999;
  record.held_out_standard_error = 10.5;
  record.unigram_perplexity = 2000.25;
  record.corpus_bound_per_token = -7.5;
  return record;
}

class ReadMetrics : public ::testing::Test {
 protected:
  void write(const std::string& text) {
    std::ofstream(path_, std::ios::binary | std::ios::app) << text;
  }
  TemporaryFolder folder_;
  std::string path_ = folder_.file("metrics.jsonl");
};

TEST_F(ReadMetrics, ReadsWhatIsWritten) {
  MetricsRecord bare;
  bare.step = 9;
  write(to_json_line(sample(8)) + to_json_line(bare));
  const std::vector<MetricsRecord> records = read_metrics(path_);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(to_json_line(records[0]), to_json_line(sample(8)));
  EXPECT_EQ(to_json_line(records[1]), to_json_line(bare));
}

TEST_F(ReadMetrics, ARecordOfAStreamHasNoPass) {
  MetricsRecord record = sample(8);
  record.pass.reset();
  EXPECT_EQ(to_json_line(record).find("pass"), std::string::npos);
  write(to_json_line(record));
  EXPECT_FALSE(read_metrics(path_).front().pass);
}

TEST_F(ReadMetrics, ThereMayBeNoFileAndNoRecord) {
  EXPECT_TRUE(read_metrics(path_).empty());
  write("");
  EXPECT_TRUE(read_metrics(path_).empty());
}

TEST_F(ReadMetrics, LeavesOutALineThatIsBeingWritten) {
  write(to_json_line(sample(1)) + R"({"step":2,"pa)");
  EXPECT_EQ(read_metrics(path_).size(), 1u);
}

TEST_F(ReadMetrics, NamesALineThatIsNoRecord) {
  write(to_json_line(sample(1)) + "nonsense\n");
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_metrics(path_); }),
              ::testing::StartsWith(path_ + ":2: not a record of a run"));
}

}  // namespace
}  // namespace svi_lda

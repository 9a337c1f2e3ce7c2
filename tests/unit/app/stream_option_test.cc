#include "app/stream_option.h"

#include <gtest/gtest.h>

#include "app/automatic.h"

namespace svi_lda {
namespace {

TrainOptions stream_of(std::uint64_t docs) {
  TrainOptions options;
  options.corpus = std::string("-");
  options.topics = 10;
  options.corpus_size = docs;
  return options;
}

TEST(StreamOption, IsStandardInputAloneOfASizeAndWithoutPasses) {
  EXPECT_TRUE(is_stream(stream_of(1000)));
  TrainOptions options = stream_of(0);
  EXPECT_FALSE(is_stream(options));
  options = stream_of(1000);
  options.corpus = "file";
  EXPECT_FALSE(is_stream(options));
  options = stream_of(1000);
  options.passes = 1;
  EXPECT_FALSE(is_stream(options));
  options = stream_of(1000);
  options.further_corpora = {"file"};
  EXPECT_FALSE(is_stream(options));
}

TEST(StreamOption, StaysAStreamOnceWhatIsAutomaticIsResolved) {
  TrainOptions options = stream_of(1000);
  options.held_out = "file";
  resolve_stopping(options);
  EXPECT_EQ(options.least_gain, 0.0) << "there are no passes to settle over";
  resolve_automatic(options, 1000.0);
  EXPECT_TRUE(is_stream(options));
  EXPECT_GT(options.batch_size, 0);
  EXPECT_EQ(plan_of(options, 1000.0).find("pass"), std::string::npos);
  EXPECT_NE(plan_of(options, 1000.0).find("gibbs from document 1001 on"), std::string::npos);
}

TEST(ShuffleBufferSize, IsAWholeNumberOrAuto) {
  EXPECT_TRUE(parse_shuffle_buffer("auto")->automatic);
  EXPECT_EQ(parse_shuffle_buffer("0")->docs, 0u);
  EXPECT_EQ(parse_shuffle_buffer("50000")->docs, 50000u);
  for (const char* text : {"", "-1", "1.5", "1e3", "10k", " 5", "99999999999999999999"}) {
    EXPECT_FALSE(parse_shuffle_buffer(text)) << "'" << text << "'";
  }
}

TEST(ShuffleBufferSize, IsForWhatComesInAnOrderThatIsNotOurs) {
  const auto resolved = [](TrainOptions options) {
    resolve_shuffle_buffer(options);
    return shuffle_buffer_docs(options);
  };
  TrainOptions options = stream_of(1000);
  EXPECT_GE(resolved(options), 1000u);
  options.corpus = "file";
  EXPECT_GE(resolved(options), 1000u);
  options.order = "file";
  EXPECT_EQ(resolved(options), 0u);
  options = stream_of(1000);
  options.shuffle_buffer = std::string("7");
  EXPECT_EQ(resolved(options), 7u);
  TrainOptions counted;
  EXPECT_EQ(resolved(counted), 0u) << "it is shuffled as a whole";
}

TEST(ReportInterval, OfAStreamIsInDocuments) {
  TrainOptions options = stream_of(100'010);
  options.batch_size = 64;
  EXPECT_EQ(report_interval(options).unit, Interval::Unit::kDocs);
  EXPECT_EQ(report_interval(options).value, 5001.0);
  options.batch_size = 10'000;
  EXPECT_EQ(report_interval(options).value, 10'000.0) << "no step is reported twice";
  options.report_every = "30s";
  EXPECT_EQ(report_interval(options).unit, Interval::Unit::kSeconds);
  options.report_every = "auto";
  options.passes = 1;
  EXPECT_EQ(report_interval(options).unit, Interval::Unit::kPass);
}

}  // namespace
}  // namespace svi_lda

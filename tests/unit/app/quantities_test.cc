#include "app/quantities.h"

#include <gtest/gtest.h>

namespace svi_lda {
namespace {

TEST(Interval, ReadsStepsSecondsDocumentsPassesAndNever) {
  EXPECT_EQ(parse_interval("auto")->unit, Interval::Unit::kPass);
  EXPECT_EQ(parse_interval("0")->unit, Interval::Unit::kNever);
  EXPECT_EQ(parse_interval("500")->unit, Interval::Unit::kSteps);
  EXPECT_EQ(parse_interval("500")->value, 500.0);
  EXPECT_EQ(parse_interval("30s")->unit, Interval::Unit::kSeconds);
  EXPECT_EQ(parse_interval("2h")->value, 7200.0);
  EXPECT_EQ(parse_interval("1.5m")->value, 90.0);
  EXPECT_EQ(parse_interval("5000docs")->unit, Interval::Unit::kDocs);
  EXPECT_EQ(parse_interval("5000docs")->value, 5000.0);
}

TEST(Interval, OfDocumentsIsReachedByTheMinibatchThatCompletesIt) {
  const Interval interval{Interval::Unit::kDocs, 100.0};
  EXPECT_FALSE(reaches_multiple(interval, 99, 99));
  EXPECT_TRUE(reaches_multiple(interval, 100, 1));
  EXPECT_FALSE(reaches_multiple(interval, 130, 30));
  EXPECT_TRUE(reaches_multiple(interval, 230, 50));
  EXPECT_TRUE(reaches_multiple(interval, 650, 400)) << "once, where several are passed at a time";
}

TEST(Interval, RefusesWhatIsNeither) {
  for (const char* text : {"", "s", "-1", "1.5", "10x", "0s", "nan", "inf", " 5", "5 ", "1e3", "-0",
                           "+5", "0docs", "1.5docs", "docs", "5 docs"}) {
    EXPECT_FALSE(parse_interval(text)) << "'" << text << "'";
  }
}

TEST(Duration, IsInSeconds) {
  EXPECT_EQ(parse_duration("0"), 0.0);
  EXPECT_EQ(parse_duration("90"), 90.0);
  EXPECT_EQ(parse_duration("10m"), 600.0);
  for (const char* text : {"", "x", "-1", "1d", "infs"}) EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Bytes, ReadsPowersOf1024) {
  EXPECT_EQ(parse_bytes("123"), 123u);
  EXPECT_EQ(parse_bytes("2K"), 2048u);
  EXPECT_EQ(parse_bytes("1.5G"), 1610612736u);
  for (const char* text : {"", "M", "-1", "5MB", "1e30T", "99999999999T"}) {
    EXPECT_FALSE(parse_bytes(text)) << text;
  }
  EXPECT_EQ(format_bytes(0), "0 bytes");
  EXPECT_EQ(format_bytes(1536), "1.5 KiB");
}

}  // namespace
}  // namespace svi_lda

#include "app/time_schedule.h"

#include <gtest/gtest.h>

#include <string>

namespace svi_lda {
namespace {

TEST(TimeSchedule, OnlyWhereTimeMayDecide) {
  TrainOptions options;
  options.average = "off";
  EXPECT_FALSE(schedule_of(options)) << "no limit";
  options.time_limit = "2m";
  ASSERT_TRUE(schedule_of(options));
  EXPECT_EQ(schedule_of(options)->seconds, 120.0);
  for (const char* inference : {"batch", "incremental"}) {
    options.inference = inference;
    EXPECT_FALSE(schedule_of(options)) << inference << " has no step size";
  }
  options.inference = "vb";
  EXPECT_TRUE(schedule_of(options));
  options.average = "on";
  EXPECT_FALSE(schedule_of(options)) << "a mean of lambda does as much";
  options.average = "off";
  options.passes = 3;
  EXPECT_FALSE(schedule_of(options)) << "the passes decide, the limit is a precaution";
}

TEST(TimeSchedule, FallsLinearlyToATenthAndStaysThere) {
  EXPECT_EQ(cooling(0.0), 1.0);
  EXPECT_EQ(cooling(0.4), 1.0);
  EXPECT_NEAR(cooling(0.7), 0.5, 1e-15);
  EXPECT_NEAR(cooling(0.94), 0.1, 1e-15);
  EXPECT_EQ(cooling(1.0), 0.1);
  EXPECT_EQ(cooling(100.0), 0.1);
}

TEST(TimeSchedule, SaysWhenStepSizesFall) {
  EXPECT_EQ(describe({60.0}),
            "step sizes fall from 24 s on, to a tenth at 60 s: what the run gives depends on the "
            "clock");
}

}  // namespace
}  // namespace svi_lda

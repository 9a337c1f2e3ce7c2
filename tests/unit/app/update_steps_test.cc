#include "app/update_steps.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace svi_lda {
namespace {

TrainOptions of_passes(std::int64_t passes) {
  TrainOptions options;
  options.passes = passes;
  return options;
}

ModelBase base_of(const char* step_size) { return {300, 9000, 1, 50, step_size, 1.0}; }

TEST(UpdateSteps, EvenLeavesEachDocumentTheSameShare) {
  const std::vector<std::uint64_t> batches = {32, 32, 7, 129};
  const double new_docs = std::accumulate(batches.begin(), batches.end(), 0.0);
  for (const std::int64_t passes : {1, 2, 5}) {
    const UpdateSteps steps(of_passes(passes), base_of("even"));
    double old_share = 1.0;
    std::vector<double> of_document;  // share of a document of each minibatch so far
    std::uint64_t docs = 0;
    for (std::int64_t pass = 0; pass < passes; ++pass) {
      for (const std::uint64_t size : batches) {
        const double rho = steps.rho(1, docs, size, StepSize(4.0, 0.6));
        for (double& share : of_document) share *= 1.0 - rho;
        old_share *= 1.0 - rho;
        of_document.push_back(rho / static_cast<double>(size));
        docs += size;
      }
    }
    const double all = 300.0 + new_docs;
    EXPECT_NEAR(old_share, 300.0 / all, 1e-12) << passes;
    for (const double share : of_document) {
      EXPECT_NEAR(share * static_cast<double>(passes), 1.0 / all, 1e-12) << passes;
    }
  }
}

TEST(UpdateSteps, ContinueAndRestartCountTheStepsOfTheRunsOwnRule) {
  const StepSize rule(4.0, 0.6);
  const UpdateSteps going_on(of_passes(1), base_of("continue"));
  EXPECT_EQ(going_on.t(51), 51u);
  EXPECT_EQ(going_on.rho(going_on.t(51), 0, 32, rule), rule(51));
  const UpdateSteps anew(of_passes(1), base_of("restart"));
  EXPECT_EQ(anew.t(51), 1u);
  EXPECT_EQ(anew.rho(anew.t(51), 0, 32, rule), rule(1));
}

TEST(UpdateSteps, KnowsItsNames) {
  EXPECT_EQ(update_step_size_from_name("even"), UpdateStepSize::kEven);
  EXPECT_EQ(update_step_size_from_name("continue"), UpdateStepSize::kContinue);
  EXPECT_EQ(update_step_size_from_name("restart"), UpdateStepSize::kRestart);
  EXPECT_FALSE(update_step_size_from_name("Even").has_value());
}

}  // namespace
}  // namespace svi_lda

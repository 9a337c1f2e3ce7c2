#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "app/quantities.h"
#include "app/training_run.h"

namespace svi_lda {

// Writes checkpoints/step-%08d.npz every --checkpoint-every and keeps the newest ones. Taking one
// changes nothing in the run.
class RunCheckpoints {
 public:
  explicit RunCheckpoints(const TrainingRun& run);

  // `batch_docs`: documents of the step.
  void after_step(std::uint64_t batch_docs);
  // Writes one for the last step unless it has one; returns the path of the newest ("" for none).
  std::string finish();

 private:
  void write();

  const TrainingRun& run_;
  Interval interval_;
  std::uint64_t written_step_;
  std::string newest_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace svi_lda

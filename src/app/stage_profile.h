#pragma once

#include <cstdint>

#include "minibatch/minibatch.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// Where the time of a run goes, stage by stage: seconds of wall clock, and the rate of the work
// that the stage cannot do without.
class StageProfile {
 public:
  enum Stage { kWait, kLocal, kReduce, kGlobal, kReport, kStages };

  void add(Stage stage, double seconds) { seconds_[stage] += seconds; }
  // Counts the work of one minibatch.
  void count(const Minibatch& batch, const LocalWork& work, const Topics& topics);
  // One line a stage to the log.
  void log() const;

 private:
  double seconds_[kStages] = {};
  double row_seconds_ = 0.0;
  double document_seconds_ = 0.0;
  double flops_ = 0.0;         // of the inner iterations
  double row_values_ = 0.0;    // exp(psi) of rows
  double reduce_bytes_ = 0.0;  // etheta rows read, rows read and written
  double global_bytes_ = 0.0;  // sstats read, M read and written
};

}  // namespace svi_lda

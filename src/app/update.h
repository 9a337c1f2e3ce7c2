#pragma once

#include <chrono>

#include "app/run_directory.h"
#include "output/run_record.h"
#include "svi_lda/train.h"

namespace svi_lda {

// Starts an update over that was stopped before its first checkpoint, from the model that `record`
// names. `may_read_pipe`: as TrainingCorpus::open(). Fails: Error kInput where that model is gone
// or another one; as update().
TrainResult start_update_over(TrainOptions options, const RunDirectory& directory, RunRecord record,
                              bool may_read_pipe, const TrainCallbacks& callbacks,
                              std::chrono::steady_clock::time_point began);

}  // namespace svi_lda

#pragma once

#include <string>

#include "cli/terminal_sink.h"
#include "svi_lda/train.h"

namespace svi_lda::cli {

class ProgressReporter;

// Stop signals and progress as train() and resume() ask for them. `reporter` must outlive it.
TrainCallbacks run_callbacks(ProgressReporter& reporter);

// Logs how a run ended: where the model or the last checkpoint lies and how to go on. Returns the
// exit code.
int report_result(const TrainResult& result, const std::string& run);

}  // namespace svi_lda::cli

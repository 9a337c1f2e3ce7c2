#pragma once

#include <string>

#include "output/model_file.h"

namespace svi_lda {

// The file that RUN means: RUN itself where it is a file; in a directory its model.npz, else its
// newest checkpoint (a run that goes on or was interrupted), which is said in the log.
// Fails: Error kInput.
std::string locate_model(const std::string& run);

// Reads it; where the newest checkpoint of a directory is damaged, the one before it.
Model load_model(const std::string& run, std::string& source);

}  // namespace svi_lda

#pragma once

#include <string>

#include "svi_lda/train.h"

namespace svi_lda {

// Every field of TrainOptions as a JSON object; keys are the long names of the command line
// ("batch-size"). Numbers survive bit for bit. Fails: kNumeric (a value not finite), kUsage (text
// that is not UTF-8).
std::string options_to_json(const TrainOptions& options);

// The inverse; an option that is missing has its default. Fails: kInput naming `path` and the
// option that is of the wrong type, or unknown.
TrainOptions options_from_json(const std::string& path, const std::string& json);

// Only the options that shape the numbers of a model, as a JSON object: two runs of one corpus that
// agree in these give the same bytes after the same number of passes. No paths, resources, reports
// or checkpoints; the number of passes is not in it, for a model says how many it had.
std::string model_options_json(const TrainOptions& options);

}  // namespace svi_lda

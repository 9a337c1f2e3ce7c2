#pragma once

#include <optional>
#include <string>

#include "svi_lda/train.h"

namespace svi_lda {

// What --inference names: a local step and its reduction each, or with auto one after another.
enum class InferenceMethod { kAuto, kVb, kEm, kCvb0, kGibbs, kBatch, kIncremental };

// By the name that --inference takes; nothing for any other.
std::optional<InferenceMethod> inference_from_name(const std::string& name);

// The method of a run whose options are valid.
InferenceMethod method_of(const TrainOptions& options);

// Whether the method samples topics, if only in part.
bool is_sampled(InferenceMethod method);

// Whether the method is coordinate ascent: it remembers its documents from pass to pass, takes no
// step size, and raises the corpus bound until that has settled.
bool is_coordinate_ascent(InferenceMethod method);

// "auto, vb, ...": all that there are.
std::string inference_names();

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <span>

#include "model/training_state.h"
#include "svi_lda/train.h"

namespace svi_lda {

// Before that many steps the step size is still so large that lambda wanders about, and a figure
// that stands still for a while says little.
inline constexpr std::uint64_t kFewestSteps = 1500;

// Why a run whose passes are not complete may end all the same.
enum class Settled { kNot, kCorpusBound, kHeldOut };
Settled settled(const TrainOptions& options, const TrainingState& state);

// What run.json and the log call it; empty for kNot.
const char* name_of(Settled settled);

// Whether the corpus bound has changed, relatively, by less than --bound-tolerance in the last
// pass.
bool bound_has_settled(const TrainOptions& options, const DocumentMemory& memory);

// Whether held-out perplexities, one a pass, have ceased to fall: the mean of their last third is
// not below that of the third before by the share `least_gain`. Means, since one pass' figure has
// noise as large as a pass' gain; thirds, since perplexity falls about with the logarithm of the
// passes. From six passes and 1500 `steps` on; never where least_gain is 0.
bool perplexity_has_settled(std::span<const double> by_pass, std::uint64_t steps,
                            double least_gain);

}  // namespace svi_lda

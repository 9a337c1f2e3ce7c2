#pragma once

#include <optional>
#include <string>

#include "global/step_size.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --step names: where rho of the next global step comes from.
enum class StepRule { kRobbinsMonro, kConstant, kAdaptive };

// By the name that --step takes; nothing for any other.
std::optional<StepRule> step_rule_from_name(const std::string& name);

// The rule of a run whose options are valid.
StepRule step_rule_of(const TrainOptions& options);

// The step sizes of that rule; for adaptive, of which only the first is known, those of
// Robbins-Monro, whose first it takes.
StepSize step_size_of(const TrainOptions& options);

// Whether a run whose options are valid takes the mean of lambda over its steps.
bool averages(const TrainOptions& options);

// "robbins-monro, ...": all that there are.
std::string step_rule_names();

}  // namespace svi_lda

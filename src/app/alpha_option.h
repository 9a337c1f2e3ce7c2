#pragma once

#include <string>
#include <vector>

#include "global/alpha_step.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --alpha asks for: "auto", "symmetric", "asymmetric" or "shares"; numbers, one or K with
// commas between; or else the path of a file of K numbers.

// The rule that options.alpha breaks, empty where none; opens nothing.
std::string alpha_violation(const TrainOptions& options);

// Replaces a file by the numbers in it, one a line, and numbers by their shortest text: so that
// what a run records neither needs the file nor names it. Fails: Error kInput path:line (not a
// number, out of range, not K of them), kIo.
void read_alpha(TrainOptions& options);

// Replaces "auto" by what suits the method and K: min(0.1, 5 / K) for each topic, by vb
// "asymmetric" and by sampling "shares", from these numbers on.
void resolve_alpha(TrainOptions& options);

// Of resolved options: alpha before the first step, [K], whether it is learned, and a few words for
// the log.
std::vector<double> start_alpha(const TrainOptions& options);
AlphaLearning alpha_learning(const TrainOptions& options);
std::string describe_alpha(const TrainOptions& options);

}  // namespace svi_lda

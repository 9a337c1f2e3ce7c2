#pragma once

#include <string>

#include "svi_lda/train.h"

namespace svi_lda {

// Replaces each option that is left to the program by what suits a corpus of `docs` documents; what
// was given stays. A run records the result, so that it goes on with the same.
void resolve_automatic(TrainOptions& options, double docs);

// How many documents of a corpus of `docs` --inference auto takes by em before it samples.
double documents_by_em(double docs);

// One line for the log: what a run with these options will do.
std::string plan_of(const TrainOptions& options, double docs);

}  // namespace svi_lda

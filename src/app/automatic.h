#pragma once

#include <cstdint>
#include <string>

#include "svi_lda/train.h"

namespace svi_lda {

// Replaces each option that is left to the program by what suits a corpus of `docs` documents; what
// was given stays. A run records the result, so that it goes on with the same.
void resolve_automatic(TrainOptions& options, double docs);

// What --passes auto stops by: without held-out documents a share of the corpus is held out. What
// cannot stop early, as its passes are given, say, has least_gain 0 from then on. Before the corpus
// is read, and once: resolve_automatic() settles the passes.
void resolve_stopping(TrainOptions& options);

// Documents of that share that a score is taken of.
inline constexpr std::uint64_t kMostScoredDocs = 2000;
// Whether the held-out documents are that share.
bool has_automatic_slice(const TrainOptions& options);

// The same for --eta and --leave-out, which depend on the `tokens` of the corpus (0: not known, a
// stream's) and V.
void resolve_by_tokens(TrainOptions& options, double docs, double tokens, double vocab_size);

// One line for the log: what a run with these options will do.
std::string plan_of(const TrainOptions& options, double docs);

}  // namespace svi_lda

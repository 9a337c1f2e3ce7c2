#pragma once

#include <cstdint>

#include "app/training_run.h"
#include "base/parallel.h"

namespace svi_lda {

// Before the first step of a pass: where of two topics one can be spared
// (eval/duplicate_topics.h), gives to the first what both have, lets the second begin anew from
// documents, and says so in one line. After passes 2, 4, 8, 16, ..., until half of the steps are
// done that training takes at least where it may settle, so that a topic has time to find its
// place; at most kMostMerged of the topics at a time, for a corpus that has fewer than were asked
// for. Not with coordinate ascent, whose bound must not fall, nor where step sizes rest on past
// gradients (adaptive) or words have eta of their own, nor with seeded words, which belong to their
// topics, nor where documents cannot be drawn, nor in an update, which keeps the topics that it was
// given. Decides by the state and the options alone.
void merge_duplicates(TrainingRun& run, const Parallel& parallel);

inline constexpr double kMostMerged = 0.05;
inline constexpr std::uint64_t kFirstMergingPass = 2;

}  // namespace svi_lda

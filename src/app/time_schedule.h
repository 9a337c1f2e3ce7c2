#pragma once

#include <optional>
#include <string>

#include "output/run_record.h"
#include "svi_lda/train.h"

namespace svi_lda {

// How a run that --passes auto would end but --time-limit may end before spends its time. The step
// size falls linearly over the last part of the limit, so that lambda comes to rest where it
// otherwise would still follow the last minibatches: with 2 to 5 passes it was worth 0.5 to 3% of
// perplexity, with 20 nothing (ARCHITECTURE.md). What it gives depends on the clock.

// The schedule of a run that begins with these options, before resolve_stopping(); none where the
// time does not decide: no limit, passes that were given, coordinate ascent; nor where a mean of
// lambda is taken (--average), which does as much, and together they do less.
std::optional<RunSchedule> schedule_of(const TrainOptions& options);

// The factor of the step size when `share` >= 0 of the scheduled time is over; later than that (the
// run was resumed with more time) it stays as at the end.
double cooling(double share);

// One line for the log.
std::string describe(const RunSchedule& schedule);

}  // namespace svi_lda

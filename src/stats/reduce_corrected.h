#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "stats/corrected_responsibilities.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// Sums the responsibilities of a CVB0 step word by word: sstats_wk = rows_wk Sum_d ratio gamma_dk /
// (normalizer + rows_wk), each word by one thread over its documents in order, so that the result
// is bitwise the same for any number of threads.
// Works in place: responsibilities.rows holds sstats afterwards, and `stats` points to it.
// Fails: Error kNumeric where Sum sstats is not the minibatch's tokens (1e-3 relative).
void reduce_corrected(const Minibatch& batch, std::uint32_t num_topics,
                      CorrectedResponsibilities& responsibilities, const Parallel& parallel,
                      SufficientStats& stats);

}  // namespace svi_lda

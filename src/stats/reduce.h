#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// Sums the responsibilities of a minibatch word by word: sstats_wk = rows_wk Sum_d ratio etheta_dk.
// Each word is summed by one thread over its documents in order, and the topic sums over chunks of
// words of fixed size, so that the result is bitwise the same for any number of threads.
// Works in place: responsibilities.rows holds sstats afterwards, and `stats` points to it.
// Fails: Error kNumeric where Sum sstats is not the minibatch's tokens (1e-3 relative).
void reduce(const Minibatch& batch, std::uint32_t num_topics, Responsibilities& responsibilities,
            const Parallel& parallel, SufficientStats& stats);

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "minibatch/minibatch.h"

namespace svi_lda {

// Sum_w sstats_wk, [num_topics], from the partial sums [chunks x stride] of chunks of words, added
// in order.
// Fails: Error kNumeric where their sum is not the minibatch's tokens (1e-3 relative).
std::vector<double> topic_totals(const Minibatch& batch, const std::vector<double>& partial,
                                 std::size_t stride, std::uint32_t num_topics);

}  // namespace svi_lda

#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "stats/sufficient_stats.h"
#include "stats/topic_samples.h"

namespace svi_lda {

// Sufficient statistics from samples: sstats_wk = (samples of w's tokens that are k) / kept, word
// by word, each by one thread. Their sum is the number of tokens. The rows of `samples` become the
// rows of `stats`. The result does not depend on the number of threads.
void reduce_samples(const Minibatch& batch, std::uint32_t num_topics, TopicSamples& samples,
                    const Parallel& parallel, SufficientStats& stats);

}  // namespace svi_lda

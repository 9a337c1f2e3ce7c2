#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// What the sampled local step leaves of a minibatch: for each token of entry e = (d, w) the topics
// of its kept samples, so that E[n_dw phi_dwk] is estimated by their counts divided by `kept`.
struct TopicSamples {
  std::size_t stride = 0;
  std::size_t kept = 0;                    // samples of a token
  AlignedVector<float> rows;               // [W x stride], room for the sufficient statistics
  std::vector<std::uint64_t> entry_begin;  // [entries + 1] tokens before an entry
  std::vector<std::uint32_t> topics;       // [kept * tokens], those of entry e from
                                           // kept * entry_begin[e] on, sample after sample
  LocalWork work;
};

}  // namespace svi_lda

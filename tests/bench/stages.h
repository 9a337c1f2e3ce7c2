#pragma once

#include <cstdint>
#include <string>

#include "local/kernels.h"

namespace svi_lda::bench {

// The benchmarks of whole minibatches, whose counters are seconds of their stages.
inline constexpr std::uint64_t kBatchSizes[] = {256, 1024};
std::string minibatch_name(LocalMethod method, std::uint64_t batch_size, int threads);

}  // namespace svi_lda::bench

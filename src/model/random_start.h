#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

// lambda_kw ~ Gamma(shape 100, scale 1/100), independent: the start of Hoffman, Blei, Bach 2010
// (their onlineldavb). Each value is a function of (seed, word, topic), so that the result does not
// depend on the threads; the instruction set may change its last digits. Expects the Topics of a
// fresh run (s = 1).
void random_start(Topics& topics, std::uint64_t seed, const Parallel& parallel);

}  // namespace svi_lda

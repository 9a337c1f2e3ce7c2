#pragma once

#include <cstdint>
#include <span>

#include "base/parallel.h"
#include "model/informed_start.h"
#include "model/sample_memory.h"
#include "model/topics.h"

namespace svi_lda {

// Gives all that the corpus has added to topic `from` to topic `into`, and what was sampled of it:
// lambda of `into` rises by lambda_from - eta, no less than 0. What documents have added to lambda
// stays what the memory says. `from` then begins anew,
//   lambda_from,w = eta + mass n_w / Sum_v n_v
// with n the weights of `words` (a word may come several times; not empty). Row sums follow; rho
// and s do not change.
void merge_topics(std::uint32_t from, std::uint32_t into, double eta,
                  std::span<const WordWeight> words, double mass, const Parallel& parallel,
                  Topics& topics, SampleMemory& samples);

}  // namespace svi_lda

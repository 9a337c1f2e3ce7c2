#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/parallel.h"
#include "model/topics.h"

namespace svi_lda {

struct WordWeight {
  std::uint32_t word = 0;
  double weight = 0.0;
};
// Appends what a topic begins as; a word may come several times.
using DrawWords = std::function<void(std::uint32_t topic, std::vector<WordWeight>& words)>;

// Topics that begin as words of their own, so that they differ from the first step on:
//   lambda_kw = (1 - share) Gamma(100, 1/100) + share V n_kw / Sum_v n_kv
// with n_k the weights drawn for topic k, about as much in all as random_start() gives. The random
// part shuts no word out, and tells topics with the same words apart. A topic without words stays
// at its random share. Expects the Topics of a fresh run (s = 1). The result does not depend on the
// number of threads.
void informed_start(Topics& topics, std::uint64_t seed, double share, const DrawWords& draw,
                    const Parallel& parallel);

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <span>

#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// What seeded words add in a step of size rho, beside global_step() or coordinate ascent with the
// eta of every word: the prior is eta_kw = eta + extra_kw, so that
//   lambda_kw <- lambda_kw + rho extra_kw
// whether or not the word is in the minibatch. rho = 1 gives topics that have just begun, or begun
// anew, their whole prior. Row sums are exact; M is rounded stochastically where global_step() does
// so (keys: t, seed), so that the expected value is exact. Its cost is that of the seeds, not of V.
void add_seeded_prior(std::span<const SeededWord> seeds, double rho, std::uint64_t t,
                      std::uint64_t seed, Topics& topics);

}  // namespace svi_lda

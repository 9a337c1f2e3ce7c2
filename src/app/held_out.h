#pragma once

#include <vector>

#include "base/parallel.h"
#include "corpus/cache.h"
#include "eval/completion.h"
#include "eval/ratio_estimate.h"
#include "eval/unigram.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

inline constexpr const char* kCompletionName = "completion";

// Held-out perplexity by document completion while a run goes on: the figures that
// `svi-lda evaluate` gives with its own defaults.
class HeldOut {
 public:
  explicit HeldOut(const CacheReader& documents) : documents_(documents) {}

  RatioEstimate completion(const Topics& topics, const Hyperparameters& hyper,
                           const Parallel& parallel);
  // On the tokens that completion scores.
  RatioEstimate unigram(const std::vector<std::uint64_t>& word_counts) const;

 private:
  const CacheReader& documents_;
};

}  // namespace svi_lda

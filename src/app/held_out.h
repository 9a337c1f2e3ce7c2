#pragma once

#include <algorithm>
#include <cstdint>
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
  // Scores the first `most_docs` of the documents.
  HeldOut(const CacheReader& documents, std::uint64_t most_docs)
      : documents_(documents), docs_(std::min(most_docs, documents.summary().docs)) {}

  RatioEstimate completion(const Topics& topics, const Hyperparameters& hyper,
                           const Parallel& parallel);
  // On the tokens that completion scores.
  RatioEstimate unigram(const std::vector<std::uint64_t>& word_counts) const;

 private:
  const CacheReader& documents_;
  std::uint64_t docs_;
};

}  // namespace svi_lda

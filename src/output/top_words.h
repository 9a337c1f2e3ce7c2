#pragma once

#include <cstdint>
#include <vector>

#include "corpus/vocabulary.h"
#include "model/hyperparameters.h"
#include "model/topics.h"
#include "svi_lda/topics.h"

namespace svi_lda {

// Topics by falling weight (ties by topic id), each with its min(top, V) most probable words (ties
// by word id).
//   probability  E[beta_kw] = lambda_kw / Sum_w lambda_kw
//   weight       Sum_w (lambda_kw - eta_kw), below 0 taken as 0, over its sum for all topics; all 0
//                where no topic has seen a token
// One pass over the rows of lambda; memory O(K top). `vocabulary` is empty or has V words.
std::vector<TopicSummary> top_words(const Topics& topics, const Hyperparameters& hyper,
                                    const Vocabulary& vocabulary, std::uint32_t top);

}  // namespace svi_lda

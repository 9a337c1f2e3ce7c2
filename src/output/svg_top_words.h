#pragma once

#include <string>
#include <vector>

#include "svi_lda/topics.h"

namespace svi_lda {

// The top words of topics as bars of their probabilities, a panel a topic, four panels a row; each
// panel has an axis of its own. Words too long for their column end in an ellipsis.
std::string top_words_svg(const std::vector<TopicSummary>& topics);

}  // namespace svi_lda

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/training_corpus.h"

namespace svi_lda {

// A corpus whose D was given (--corpus-size): training begins with its first documents. The first
// pass reads the text in its order, through the shuffle buffer, and writes RUN.cache on the way;
// later passes read that.
// Held-out text is made into words by `vectorizer` (vectorizer.json). Resumed within the first
// pass, it reads the text again from its beginning and skips.
std::unique_ptr<TrainingCorpus> open_streamed_corpus(
    const TrainOptions& options, Vocabulary vocabulary, const std::string& vectorizer,
    const RunDirectory& directory, bool may_read_pipe, const std::function<int()>& stopped);

}  // namespace svi_lda

#pragma once

#include <functional>
#include <memory>

#include "app/training_corpus.h"

namespace svi_lda {

// A corpus whose D was given (--corpus-size): training begins with its first document. The first
// pass reads the text in its order and writes RUN.cache on the way; later passes read that.
// Resumed within the first pass, it reads the text again from its beginning and skips.
std::unique_ptr<TrainingCorpus> open_streamed_corpus(const TrainOptions& options,
                                                     Vocabulary vocabulary,
                                                     const RunDirectory& directory,
                                                     bool may_read_pipe,
                                                     const std::function<int()>& stopped);

}  // namespace svi_lda

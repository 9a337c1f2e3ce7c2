#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/training_corpus.h"

namespace svi_lda {

// A stream (app/stream_option.h): documents come from the pipe through the shuffle buffer, each
// once; nothing is kept. Raw text is made into words on the way, by a vocabulary that is given.
// Where the run goes on, `done` is what it has trained on: that many documents, in the order in
// which the buffer hands them out, are read and left out; their fingerprint must be `done`'s.
// Fails: Error kInput where the stream is another one, or ends before; kStopped.
std::unique_ptr<TrainingCorpus> open_unbounded_corpus(const TrainOptions& options,
                                                      Vocabulary vocabulary,
                                                      const RunDirectory& directory,
                                                      const std::optional<RunCorpus>& done,
                                                      const std::function<int()>& stopped);

}  // namespace svi_lda

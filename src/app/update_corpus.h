#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/document_chunks.h"
#include "app/run_directory.h"
#include "app/training_corpus.h"
#include "output/run_record.h"
#include "svi_lda/train.h"

namespace svi_lda {

// The new documents of an update, as a corpus to train on: words are those of the model, by word
// where the corpus, --vocab or raw text tells them, else by id. Opens the caches of RUN where they
// are complete and those of `expected`; else reads the documents into them, and sets
// `out_of_vocabulary` to the tokens left out. `source` names the model. Held-out documents are read
// the same way. Otherwise as TrainingCorpus::open(). Fails: as DocumentChunks; kInput for documents
// without a word of the model, or another header's V where words are not told.
std::unique_ptr<TrainingCorpus> open_update_corpus(
    const TrainOptions& options, const RunDirectory& directory, const KnownWords& known,
    const std::string& source, const std::optional<RunCorpus>& expected, bool may_read_pipe,
    const std::function<int()>& stopped, std::uint64_t& out_of_vocabulary);

}  // namespace svi_lda

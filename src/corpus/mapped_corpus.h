#pragma once

#include <memory>

#include "corpus/corpus_reader.h"
#include "corpus/vocabulary.h"

namespace svi_lda {

// `reader`, which has words(), with its words mapped to those of `vocabulary`; tokens of others are
// left out and counted. The reader itself where its words are the same.
std::unique_ptr<CorpusReader> map_corpus(std::unique_ptr<CorpusReader> reader,
                                         const Vocabulary& vocabulary);

}  // namespace svi_lda

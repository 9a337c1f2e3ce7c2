#pragma once

#include <memory>
#include <string>

#include "corpus/corpus_reader.h"

namespace svi_lda {

// A cache, front to back, empty documents in their places. Fails: as CacheReader; kInput where no
// document has a word.
std::unique_ptr<CorpusReader> read_cache_corpus(const std::string& path);

}  // namespace svi_lda

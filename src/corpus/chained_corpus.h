#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "corpus/corpus_reader.h"

namespace svi_lda {

// Several files as one corpus, one after the other; open(path) opens a part. At least one path. The
// first is opened at once, each other when its turn comes.
// Fails: kInput where a part has another format than the first or declares another number of words.
std::unique_ptr<CorpusReader> chain_corpora(
    std::vector<std::string> paths,
    std::function<std::unique_ptr<CorpusReader>(const std::string&)> open);

}  // namespace svi_lda

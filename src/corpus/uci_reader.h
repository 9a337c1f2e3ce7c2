#pragma once

#include <cstddef>
#include <memory>

#include "corpus/corpus_reader.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// The longest line of a sound UCI docword file has three numbers of at most ten digits; the rest is
// room for blanks.
inline constexpr std::size_t kMaxUciLine = std::size_t{64} * 1024;

// UCI docword: three header lines with D documents, W words and NNZ entries, then an entry
// "document word count" a line, ids from 1, documents in rising order, the words of a document in
// any order. Reads the header.
// Fails: kInput.
std::unique_ptr<CorpusReader> read_uci(LineReader lines);

}  // namespace svi_lda

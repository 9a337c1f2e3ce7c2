#pragma once

#include <memory>

#include "corpus/corpus_reader.h"
#include "corpus/corpus_words.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// MALLET's import format: a document "name label word word ..." a line, separated by blanks. Words
// are taken as they stand, not cut or folded. A name or a label '-' stands for none.
std::unique_ptr<CorpusReader> read_mallet(LineReader lines, std::shared_ptr<CorpusWords> words);

}  // namespace svi_lda

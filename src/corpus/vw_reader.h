#pragma once

#include <memory>
#include <string_view>

#include "corpus/corpus_reader.h"
#include "corpus/corpus_words.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// Vowpal Wabbit's text: a document "label 'tag |namespace word:count word ..." a line, all but '|'
// optional. A word without a count has 1, one that comes again is summed, whatever its namespace; a
// count 0 is no entry. Weights of documents and of namespaces are an error unless 1.
std::unique_ptr<CorpusReader> read_vw(LineReader lines, std::shared_ptr<CorpusWords> words);

// Whether a line can only be one of VW's: '|' stands first or behind numbers and a tag.
bool is_vw_line(std::string_view line);

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "corpus/corpus_reader.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// SVMlight, libsvm: a document "label id:count id:count ... # name" a line, ids from 1 in any
// order; several labels with commas between; "qid:N" is skipped, and so are lines of a comment
// alone. A count 0 is no entry.
//   vocab_size  ids go up to it; 0 = no bound but kMaxVocabulary
std::unique_ptr<CorpusReader> read_svmlight(LineReader lines, std::uint32_t vocab_size);

// Whether `field` is a label: numbers with commas between.
bool are_svmlight_labels(std::string_view field);

}  // namespace svi_lda

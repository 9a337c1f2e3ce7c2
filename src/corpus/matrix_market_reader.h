#pragma once

#include <memory>
#include <string_view>

#include "corpus/corpus_reader.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// Matrix Market, coordinate format: '%%MatrixMarket matrix coordinate integer|real|pattern
// general', comments, 'rows columns entries', then 'row column count' a line, from 1, counts whole
// (a pattern has none: each is 1; 0 is no entry). Entries by document are streamed. Entries in
// another order, as word by word, are sorted in memory, at 16 bytes each, where the first million
// shows that; what comes out of order later is an error. Reads the header.
std::unique_ptr<CorpusReader> read_matrix_market(LineReader lines, DocumentsAre documents_are);

inline constexpr std::string_view kMatrixMarketBanner = "%%MatrixMarket";

}  // namespace svi_lda

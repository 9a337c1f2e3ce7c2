#pragma once

#include <cstdint>

#include "corpus/corpus_reader.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// The format of a text, from its first lines.
struct Recognised {
  CorpusFormat format = CorpusFormat::kAuto;
  std::uint64_t empty_lines = 0;  // lines "0" of LDA-C in front of the line that told the format
};

// Tells UCI docword, LDA-C, Matrix Market and VW apart. Leaves `lines` before the line that told
// the format: the first that is neither blank nor "0".
// Fails: kInput where the file is empty, binary or of no format that its first lines prove.
Recognised recognise(LineReader& lines);

}  // namespace svi_lda

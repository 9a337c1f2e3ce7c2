#pragma once

#include <memory>
#include <string>

#include "corpus/corpus_writer.h"

namespace svi_lda {

// A document a line: LDA-C, SVMlight, VW and MALLET's import format, as their readers describe
// them; words in ascending order of their ids, none repeated but in MALLET's.
std::unique_ptr<CorpusWriter> write_lines(const std::string& path,
                                          const WriteCorpusOptions& options);

}  // namespace svi_lda

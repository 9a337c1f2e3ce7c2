#pragma once

#include <cstdint>
#include <memory>

#include "corpus/corpus_reader.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// LDA-C: a document "N id:count id:count ..." a line, N pairs, ids from 0 in any order.
//   vocab_size   ids must be below it; 0 = no bound but kMaxVocabulary
//   empty_lines  lines "0" that recognition has already taken from the front
std::unique_ptr<CorpusReader> read_ldac(LineReader lines, std::uint32_t vocab_size,
                                        std::uint64_t empty_lines);

// A blank line that is followed by a document.
[[noreturn]] void fail_blank_ldac_line(const LineReader& lines, std::uint64_t line);

}  // namespace svi_lda

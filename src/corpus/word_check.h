#pragma once

#include <string_view>

#include "corpus/line_reader.h"

namespace svi_lda {

// Checks that `word`, of the last line of `lines`, is what a vocabulary may hold: valid UTF-8 of at
// most Vocabulary::kMaxWordLength code points. Fails: kInput at that line; `expected` is what to
// say where the word is too long.
void check_word(const LineReader& lines, std::string_view word, const char* expected);

}  // namespace svi_lda

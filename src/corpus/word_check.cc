#include "corpus/word_check.h"

#include <string>

#include "corpus/quote.h"
#include "corpus/utf8.h"
#include "corpus/vocabulary.h"

namespace svi_lda {

void check_word(const LineReader& lines, std::string_view word, const char* expected) {
  std::size_t code_points = 0;
  for (std::size_t i = 0; i < word.size(); ++code_points) {
    const Utf8Sequence sequence = next_sequence(word.substr(i));
    if (!sequence.valid) {
      lines.fail("the word " + quote(word) + " is not valid UTF-8",
                 "convert the file, for one from Latin-1: 'iconv -f LATIN1 -t UTF-8'");
    }
    i += sequence.bytes;
  }
  if (code_points > Vocabulary::kMaxWordLength) {
    lines.fail("a word of " + std::to_string(code_points) + " characters, above " +
                   std::to_string(Vocabulary::kMaxWordLength),
               expected);
  }
}

}  // namespace svi_lda

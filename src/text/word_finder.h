#pragma once

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "text/normalize.h"
#include "text/tokens.h"

namespace svi_lda {

// Which pieces of a text, beside those with a letter, are words.
struct WordKinds {
  bool numbers = false;  // with a digit and no letter
  bool emoji = true;
};

// What was found and is no word; spaces, punctuation and symbols are not counted.
struct WordsLeftOut {
  std::uint64_t numbers = 0;
  std::uint64_t emoji = 0;
};

// Cuts a text at the word boundaries of Unicode (UAX #29 as ICU has it in its root locale:
// Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary) and keeps, in normal form
// (text/normalize.h), the pieces that have a letter, and those of `kinds`. An emoji is what has a
// code point of Emoji_Presentation, or an Extended_Pictographic from U+2600 on, in it; it keeps its
// joiners, but not its variation selectors.
//
// Stretches between white space that are all ASCII are cut without ICU, to the same words.
// One for each thread.
class WordFinder {
 public:
  // `all_by_icu`: without the way for ASCII, for tests. Fails: Error kIo where ICU lacks its data.
  explicit WordFinder(const WordKinds& kinds, bool all_by_icu = false);

  // Adds the words of `text`, which is UTF-8 of less than 2^30 bytes, to `tokens`.
  void find(std::string_view text, Tokens& tokens);

  const WordsLeftOut& left_out() const { return left_out_; }

 private:
  void find_ascii(std::string_view piece, Tokens& tokens);
  void find_by_icu(std::string_view text, Tokens& tokens);
  void add_piece(const icu::UnicodeString& piece, Tokens& tokens);
  void add_emoji(const icu::UnicodeString& piece, Tokens& tokens);
  void ask_what_joins();

  WordKinds kinds_;
  bool all_by_icu_;
  std::unique_ptr<icu::BreakIterator> boundaries_;
  WordNormalizer normalizer_;
  icu::UnicodeString utf16_;
  // Whether an ASCII character between two letters, or two digits, makes one word of them.
  std::array<bool, 128> joins_letters_{};
  std::array<bool, 128> joins_digits_{};
  WordsLeftOut left_out_;
};

}  // namespace svi_lda

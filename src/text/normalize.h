#pragma once

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include "text/tokens.h"

namespace svi_lda {

// The form in which words are compared: NFKC_Casefold (Unicode 15, section 3.13: compatibility
// composition, full case folding, ignorable characters such as soft hyphens removed), and the
// apostrophe U+2019 as '.
class WordNormalizer {
 public:
  // Fails: Error kIo where ICU's data are missing.
  WordNormalizer();

  // Adds the normal form of `word` to `tokens`: mostly one word; none where nothing is left of it,
  // several where compatibility composition puts spaces into it (U+FDFA).
  void add(const icu::UnicodeString& word, Tokens& tokens);
  // The same as one text, spaces kept.
  std::string normal_form(std::string_view word);

 private:
  void normalize(const icu::UnicodeString& word);

  const icu::Normalizer2* nfkc_casefold_;  // ICU's own
  icu::UnicodeString normal_;
  std::string utf8_;
};

}  // namespace svi_lda

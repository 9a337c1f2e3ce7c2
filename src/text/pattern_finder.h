#pragma once

#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "text/normalize.h"
#include "text/run_pattern.h"
#include "text/tokens.h"

namespace svi_lda {

// The words of a text by a regular expression of ICU's syntax: each match in the text after full
// case folding, or what its one group matches where it has one, then in normal form
// (text/normalize.h). White space and control characters in a match become one space each run, none
// at its ends. One for each thread.
class PatternFinder {
 public:
  // A leading "(?u)", as Python has it, is dropped: ICU's expressions are of Unicode always.
  // Fails: Error kUsage for what is no expression, or has more than one group.
  // `all_by_icu`: without the way for simple expressions on ASCII, for tests.
  explicit PatternFinder(const std::string& pattern, bool all_by_icu = false);

  // Adds the words of `text`, which is UTF-8 of less than 2^30 bytes, to `tokens`.
  // Fails: Error kInput where the expression takes too much stack on this text.
  void find(std::string_view text, Tokens& tokens);

 private:
  void find_runs(std::string_view piece, Tokens& tokens) const;
  void find_by_icu(std::string_view text, Tokens& tokens);
  void fold(std::string_view text);
  void add(const icu::UnicodeString& match, Tokens& tokens);

  std::unique_ptr<icu::RegexMatcher> matcher_;
  std::int32_t group_ = 0;
  std::optional<RunPattern> runs_;
  WordNormalizer normalizer_;
  icu::UnicodeString folded_;
};

}  // namespace svi_lda

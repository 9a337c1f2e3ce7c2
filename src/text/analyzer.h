#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/pattern_finder.h"
#include "text/stemmer.h"
#include "text/tokens.h"
#include "text/word_finder.h"
#include "text/word_table.h"

namespace svi_lda {

// What makes terms of a text. Two analyzers of equal options give equal terms.
struct AnalyzerOptions {
  std::string token_pattern = {};  // empty = word boundaries
  bool keep_numbers = false;       // with word boundaries
  bool drop_emoji = false;         // with word boundaries
  std::vector<std::string> stop_words = {};
  std::string stem = {};  // language; empty = none
  int shortest_ngram = 1;
  int longest_ngram = 1;  // <= kLongestNgram

  bool operator==(const AnalyzerOptions&) const = default;

  static constexpr int kLongestNgram = 8;
};

// What an analyzer has left out, over all its texts.
struct TermsLeftOut {
  WordsLeftOut words;
  std::uint64_t stop_words = 0;
  std::uint64_t too_long = 0;          // terms
  std::vector<bool> stop_words_found;  // [stop_words]: which of them occurred

  void add(const TermsLeftOut& other);
};

// Texts to terms: words in normal form, without stop words, stemmed, joined by '_' into n-grams (of
// words that are neighbours once stop words are gone). One for each thread.
class Analyzer {
 public:
  // Terms of more bytes than this are left out: no vocabulary file takes them.
  static constexpr std::size_t kLongestTerm = 1000;

  // Fails: Error kUsage (pattern, language), kIo (ICU's data).
  explicit Analyzer(AnalyzerOptions options);

  // The terms of `text`, which is UTF-8 of less than 2^30 bytes, in their order.
  void analyze(std::string_view text, Tokens& terms);

  TermsLeftOut left_out() const;

 private:
  void keep_words();
  void join_ngrams(Tokens& terms);

  AnalyzerOptions options_;
  WordFinder words_;
  std::optional<PatternFinder> pattern_;
  std::unique_ptr<Stemmer> stemmer_;
  WordTable stop_words_;
  Tokens found_;
  Tokens kept_;
  TermsLeftOut left_out_;
};

}  // namespace svi_lda

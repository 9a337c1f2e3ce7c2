#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace svi_lda {

// How raw text becomes a corpus. Names are those of the command line with '_' for '-'.
struct TextOptions {
  // Where the documents lie in a file
  bool text = false;  // take the corpus for text whatever it looks like
  std::string input_format =
      "auto";              // lines, files, jsonl, csv, tsv; auto = by name, a folder files
  std::string text_field;  // of JSON objects, CSV and TSV; empty = "text"
  std::string id_field;
  std::string label_field;
  std::string date_field;
  std::string title_field;
  bool no_header = false;  // CSV and TSV: columns have numbers, from 1 on, not names

  // What a word is
  std::string token_pattern;   // a regular expression; empty = Unicode word boundaries
  bool keep_numbers = false;   // words without a letter but with a digit
  bool drop_emoji = false;     // else each is a word
  std::string stop_words;      // "english" or a file; empty = none
  std::string stem;            // a Snowball language; empty = none
  std::string ngrams = "1-1";  // MIN-MAX or N: neighbouring words joined by '_'

  // Which words are kept
  std::string min_df = "1";        // documents that have the word: a count, or with a point a share
  std::string max_df = "1.0";      // of all documents
  std::uint64_t max_features = 0;  // the most frequent of them; 0 = all
};

// One line for each option whose value breaks its rule. Opens nothing.
std::vector<std::string> violations(const TextOptions& options);

}  // namespace svi_lda

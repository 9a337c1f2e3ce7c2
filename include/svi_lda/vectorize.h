#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "svi_lda/text_options.h"

namespace svi_lda {

struct VectorizeOptions {
  std::vector<std::string> inputs;  // files, folders, "-"
  std::string files_from;           // a file of paths, one document each; empty = none
  std::string output;               // FOLDER, the corpus folder to write
  std::string vocabulary;           // a file that fixes the vocabulary; empty = from the text
  bool force = false;               // replace the corpus that FOLDER holds
  std::int64_t threads = 0;         // 0 = all processors
  TextOptions text;
};

// One line for each option whose value breaks its rule. Opens nothing.
std::vector<std::string> violations(const VectorizeOptions& options);

// Different words and how often they occur in all.
struct WordCount {
  std::uint64_t types = 0;
  std::uint64_t tokens = 0;
};

struct VectorizeResult {
  std::uint64_t docs = 0;
  std::uint64_t empty_docs = 0;  // without a word that was kept: their place in the cache is none
  std::uint64_t bytes = 0;       // of text, uncompressed
  std::uint64_t invalid_bytes = 0;  // no UTF-8, read as U+FFFD
  std::string first_invalid;        // path:line of the first of them
  // Options that name a field of no document, with its name: "--id-field 'doi'".
  std::vector<std::string> fields_not_found;
  // Words (n-grams where these are asked for) that were found, those that were dropped, in this
  // order, and those that were kept.
  WordCount found;  // stop words included
  WordCount stop_words;
  WordCount too_long;  // types not counted
  WordCount below_min_df;
  WordCount above_max_df;
  WordCount beyond_max_features;
  WordCount out_of_vocabulary;  // with `vocabulary`; types not counted
  WordCount kept;
  // No words to begin with
  std::uint64_t numbers = 0;
  std::uint64_t emoji = 0;
  std::uint32_t vocab_size = 0;
  double seconds = 0.0;
};

struct VectorizeCallbacks {
  std::function<int()> stop_signal;  // non-zero: the signal that asks to stop
  // Documents read so far, of a number that is not known yet (0); then those written, of all.
  std::function<void(std::uint64_t docs, std::uint64_t total_docs)> progress;
};

// Counts the words of text and leaves the corpus folder FOLDER: corpus.cache, vocab.txt,
// documents.tsv, vectorizer.json (ARCHITECTURE.md, Files). The same bytes for any number of
// threads; memory grows with the vocabulary alone. Fails: Error; nothing half-written.
VectorizeResult vectorize(const VectorizeOptions& options,
                          const VectorizeCallbacks& callbacks = {});

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace svi_lda {

struct ConvertOptions {
  std::vector<std::string> inputs;            // files, folders, "-": one corpus
  std::string output;                         // a file; "-" for a text: see ConvertCallbacks
  std::string to = "auto";                    // uci, ldac, svmlight, mtx, vw, npz, mallet, cache;
                                              // auto = by the suffix of `output`
  std::string vocabulary;                     // of the input; empty = none
  std::string corpus_format = "auto";         // of the input
  std::string documents_are = "rows";         // in an input that is a matrix (mtx, npz)
  std::string output_documents_are = "rows";  // in such an output
  std::string output_vocabulary;  // where words go that `to` has no room for; empty = OUTPUT.vocab
  bool force = false;
};

// One line for each option whose value breaks its rule. Opens nothing.
std::vector<std::string> violations(const ConvertOptions& options);

struct ConvertCallbacks {
  std::function<void(std::string_view)> standard_output;  // takes the text for the output "-"
  std::function<int()> stop_signal;                       // non-zero: the signal that asks to stop
  // Documents written so far, and of how many: 0 where the input does not say.
  std::function<void(std::uint64_t docs, std::uint64_t total_docs)> progress;
};

struct ConvertResult {
  std::string from;        // the format of the input
  std::string to;          // and of the output
  std::uint64_t docs = 0;  // empty ones included
  std::uint64_t empty_docs = 0;
  std::uint64_t entries = 0;  // document-word pairs
  std::uint64_t tokens = 0;
  std::uint32_t vocab_size = 0;
  std::uint64_t unmapped_tokens = 0;  // of words that the vocabulary lacks, left out
  std::uint64_t names_left_out = 0;   // of documents: the format has no room for them
  std::uint64_t labels_left_out = 0;
  std::string vocabulary;  // the file that was written beside the output; empty = none
};

// Writes a corpus in another format. Streams: memory does not grow with the documents, apart from
// matrices that are not stored by document (16 bytes an entry) and from words (about 60 bytes
// each). Fails: Error; nothing half-written, nothing replaced without `force`.
ConvertResult convert(const ConvertOptions& options, const ConvertCallbacks& callbacks = {});

}  // namespace svi_lda

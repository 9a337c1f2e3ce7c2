#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "corpus/document.h"

namespace svi_lda {

// S documents, stored twice over: by document (CSR) for the local step, by word (its transpose) for
// the reduction. "Entry" means a document-word pair; entries are numbered in document order.
//
//   by document   doc_begin [S+1] -> entries;  entry_word[e] index into words;  entry_count[e]
//   by word       words [W] ascending ids;  word_begin [W+1] -> places;  place_entry[p],
//   place_doc[p]
//                 the places of a word are in document order
struct Minibatch {
  std::vector<std::uint32_t> doc_begin;
  std::vector<std::uint32_t> entry_word;
  std::vector<float> entry_count;
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> word_begin;
  std::vector<std::uint32_t> place_entry;
  std::vector<std::uint32_t> place_doc;
  std::vector<std::uint64_t> doc_number;  // [S] 1-based place in the corpus, for messages
  std::uint64_t tokens = 0;

  std::size_t num_docs() const { return doc_number.size(); }
  std::size_t num_words() const { return words.size(); }
  std::size_t num_entries() const { return entry_word.size(); }
};

// Builds minibatches; keeps its scratch (V bits) from one to the next.
class MinibatchBuilder {
 public:
  // Word ids of the documents added must be below vocab_size.
  explicit MinibatchBuilder(std::uint32_t vocab_size);

  void clear();
  // Adds a document; an empty one counts as a document without entries.
  void add(DocumentView document, std::uint64_t doc_number);
  std::size_t num_docs() const { return doc_number_.size(); }
  // Moves what was added into `batch` (its buffers are reused) and clears.
  void build(Minibatch& batch);

 private:
  std::vector<std::uint64_t> used_;  // a bit a word: is it in the minibatch?
  std::vector<std::uint32_t> rank_;  // per 64 words, distinct words before them
  std::vector<std::uint32_t> doc_begin_;
  std::vector<std::uint32_t> word_id_;
  std::vector<float> count_;
  std::vector<std::uint64_t> doc_number_;
  std::uint64_t tokens_ = 0;
};

}  // namespace svi_lda

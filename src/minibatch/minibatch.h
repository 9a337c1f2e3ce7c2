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

// Builds minibatches; keeps its scratch (1.5 bits a word of the vocabulary) from one to the next.
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

  // build() in parts: goes over about `docs` >= 1 documents of the two times num_docs() that it
  // takes; true when the minibatch is complete. All parts need the same `batch`, which must not be
  // used before, and nothing may be added between them.
  bool build_part(Minibatch& batch, std::size_t docs);

 private:
  enum class Phase { kAdding, kIndexing, kPlacing };

  void list_words(Minibatch& batch);
  void index_entries(Minibatch& batch, std::size_t first_doc, std::size_t end_doc);
  void place_entries(Minibatch& batch, std::size_t first_doc, std::size_t end_doc) const;
  void finish(Minibatch& batch);

  std::vector<std::uint64_t> used_;  // a bit a word: is it in the minibatch?
  std::vector<std::uint32_t> rank_;  // per 64 words, distinct words before them
  std::vector<std::uint32_t> doc_begin_;
  std::vector<std::uint32_t>
      entry_;  // its word id; once that is indexed, the word's entries before
  std::vector<float> count_;
  std::vector<std::uint64_t> doc_number_;
  std::uint64_t tokens_ = 0;
  Phase phase_ = Phase::kAdding;
  std::size_t next_doc_ = 0;  // of the phase
};

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/vocabulary.h"

namespace svi_lda {

// Words by id and ids by word, for corpora that carry their words: of a given vocabulary, or ids by
// first appearance. Memory grows with the words, about 60 bytes and its letters for each.
class CorpusWords {
 public:
  // Empty, to grow.
  CorpusWords() = default;
  // Those of a vocabulary; none is added. Where a word stands twice in it the first id counts.
  explicit CorpusWords(const Vocabulary& vocabulary);
  CorpusWords(const CorpusWords&) = delete;
  CorpusWords& operator=(const CorpusWords&) = delete;

  bool fixed() const { return fixed_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }
  // id < size(); valid as long as the table.
  std::string_view word(std::uint32_t id) const { return words_[id]; }

  // kNoWord where the table does not have it.
  std::uint32_t find(std::string_view word) const;
  // Adds a word that the table does not have; its id. The table is not fixed.
  std::uint32_t add(std::string_view word);

  Vocabulary vocabulary() const;

 private:
  // Where a word is or would be in slots_, which has room.
  std::size_t place_of(std::string_view word, std::uint64_t hash) const;
  void enter(std::uint32_t id);

  std::deque<std::string> words_;  // which do not move
  // Open addressing: the upper half of a word's hash, its id plus 1 below; 0 is free. At most half
  // of a power of two are in use. A map of strings took three times as long to read a corpus.
  std::vector<std::uint64_t> slots_;
  bool fixed_ = false;
};

}  // namespace svi_lda

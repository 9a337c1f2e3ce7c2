#include "corpus/corpus_words.h"

#include <xxhash.h>

#include <algorithm>

namespace svi_lda {
namespace {

std::uint64_t hash_of(std::string_view word) { return XXH3_64bits(word.data(), word.size()); }

}  // namespace

CorpusWords::CorpusWords(const Vocabulary& vocabulary)
    : words_(vocabulary.words().begin(), vocabulary.words().end()), fixed_(true) {
  for (std::uint32_t id = 0; id < size(); ++id) enter(id);
}

std::uint32_t CorpusWords::find(std::string_view word) const {
  if (slots_.empty()) return kNoWord;
  // The id 0xffffffff, which a free slot gives, is kNoWord.
  return static_cast<std::uint32_t>(slots_[place_of(word, hash_of(word))]) - 1;
}

std::uint32_t CorpusWords::add(std::string_view word) {
  const std::uint32_t id = size();
  words_.emplace_back(word);
  enter(id);
  return id;
}

std::size_t CorpusWords::place_of(std::string_view word, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const std::uint64_t slot = slots_[i];
    if (slot == 0) return i;
    if (slot >> 32 == hash >> 32 && words_[static_cast<std::uint32_t>(slot) - 1] == word) return i;
  }
}

// A word that is there keeps its id.
void CorpusWords::enter(std::uint32_t id) {
  if (2 * (std::size_t{id} + 1) > slots_.size()) {
    slots_.assign(std::max<std::size_t>(1024, 2 * slots_.size()), 0);
    for (std::uint32_t earlier = 0; earlier < id; ++earlier) enter(earlier);
  }
  const std::string_view word = words_[id];
  const std::uint64_t hash = hash_of(word);
  std::uint64_t& slot = slots_[place_of(word, hash)];
  if (slot == 0) slot = hash >> 32 << 32 | (id + 1);
}

Vocabulary CorpusWords::vocabulary() const {
  return Vocabulary(std::vector<std::string>(words_.begin(), words_.end()));
}

}  // namespace svi_lda

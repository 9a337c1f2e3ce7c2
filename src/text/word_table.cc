#include "text/word_table.h"

#include <xxhash.h>

#include "corpus/document.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kFirstSlots = 1024;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

WordTable::WordTable() : slots_(kFirstSlots) {}

std::uint64_t WordTable::hash(std::string_view word) {
  return XXH3_64bits(word.data(), word.size());
}

// Where `word` stands, or the free slot where it would.
std::size_t WordTable::slot_of(std::string_view text, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.number == kNone) return i;
    if (slot.tag == tag_of(hash) && word(slot.number) == text) return i;
  }
}

std::uint32_t WordTable::find(std::string_view word, std::uint64_t hash) const {
  return slots_[slot_of(word, hash)].number;
}

std::uint32_t WordTable::insert(std::string_view word, std::uint64_t hash) {
  std::size_t place = slot_of(word, hash);
  if (slots_[place].number != kNone) return slots_[place].number;
  if (size() == kMaxVocabulary) {
    throw Error(ErrorKind::kMemory,
                "more than " + std::to_string(kMaxVocabulary) + " different words",
                "fix them by --vocab FILE, or take shorter --ngrams");
  }
  if (2 * (ends_.size() + 1) > slots_.size()) {
    grow();
    place = slot_of(word, hash);
  }
  slots_[place] = {size(), tag_of(hash)};
  bytes_.append(word);
  ends_.push_back(bytes_.size());
  return size() - 1;
}

void WordTable::grow() {
  slots_.assign(2 * slots_.size(), Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < size(); ++number) {
    const std::uint64_t hash_of_word = hash(word(number));
    std::size_t i = hash_of_word & mask;
    while (slots_[i].number != kNone) i = (i + 1) & mask;
    slots_[i] = {number, tag_of(hash_of_word)};
  }
}

void WordTable::clear() {
  if (ends_.empty()) return;
  slots_.assign(kFirstSlots, Slot{});
  bytes_.clear();
  ends_.clear();
}

}  // namespace svi_lda

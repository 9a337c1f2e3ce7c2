#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace svi_lda {

// Distinct words, numbered 0, 1, 2, … in the order in which they were first inserted: open
// addressing over one buffer of bytes, some 20 bytes a word beside its own. find() may be called
// from several threads while nobody inserts.
class WordTable {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  WordTable();

  static std::uint64_t hash(std::string_view word);

  // The number of `word`, whose hash() is `hash`, or kNone.
  std::uint32_t find(std::string_view word, std::uint64_t hash) const;
  std::uint32_t find(std::string_view word) const { return find(word, hash(word)); }
  // The number of `word`, a new one where it was not there. At most kMaxVocabulary words may be
  // inserted (corpus/document.h); Fails: Error kMemory beyond.
  std::uint32_t insert(std::string_view word, std::uint64_t hash);
  std::uint32_t insert(std::string_view word) { return insert(word, hash(word)); }

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  // Valid until the next insertion.
  std::string_view word(std::uint32_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(bytes_).substr(begin, ends_[number] - begin);
  }
  void clear();

 private:
  struct Slot {
    std::uint32_t number = kNone;
    std::uint32_t tag = 0;  // the upper half of the hash
  };
  std::size_t slot_of(std::string_view word, std::uint64_t hash) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

}  // namespace svi_lda

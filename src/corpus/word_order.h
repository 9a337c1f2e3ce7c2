#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "corpus/document.h"

namespace svi_lda {

// Puts the words of a document into ascending order.
class WordOrder {
 public:
  struct Repetition {
    std::size_t place;   // of the entry, in the order of the file, from 0
    std::uint32_t word;  // that an earlier entry has too
  };

  // The first repetition, where a word stands twice: the document is then as it was.
  std::optional<Repetition> sort(Document& document) {
    std::vector<std::uint32_t>& words = document.words;
    if (ascending(words)) return std::nullopt;
    keys_.resize(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      keys_[i] = std::uint64_t{words[i]} << 32 | document.counts[i];
    }
    std::sort(keys_.begin(), keys_.end());
    const auto same_word = [](std::uint64_t a, std::uint64_t b) { return a >> 32 == b >> 32; };
    if (std::adjacent_find(keys_.begin(), keys_.end(), same_word) != keys_.end()) {
      return first_repetition(words);
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
      words[i] = static_cast<std::uint32_t>(keys_[i] >> 32);
      document.counts[i] = static_cast<std::uint32_t>(keys_[i]);
    }
    return std::nullopt;
  }

 private:
  // Without a way out in the middle, which would keep the compiler from comparing many at a time.
  static bool ascending(const std::vector<std::uint32_t>& words) {
    std::uint32_t wrong = 0;
    for (std::size_t i = 1; i < words.size(); ++i) {
      wrong |= static_cast<std::uint32_t>(words[i - 1] >= words[i]);
    }
    return wrong == 0;
  }

  std::optional<Repetition> first_repetition(const std::vector<std::uint32_t>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) keys_[i] = std::uint64_t{words[i]} << 32 | i;
    std::sort(keys_.begin(), keys_.end());
    std::optional<Repetition> first;
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      const auto word = static_cast<std::uint32_t>(keys_[i] >> 32);
      const std::size_t place = keys_[i] & 0xffffffffu;
      if (word == keys_[i - 1] >> 32 && (!first || place < first->place)) first = {place, word};
    }
    return first;
  }

  std::vector<std::uint64_t> keys_;
};

}  // namespace svi_lda

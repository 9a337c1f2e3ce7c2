#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "corpus/document.h"

namespace svi_lda {

// Collects the words of one document in any order, a word as often as it comes, and makes a
// document of them: ascending, each once. Memory is 16 bytes a pair that is added.
class BagOfWords {
 public:
  void clear() { pairs_.clear(); }
  bool empty() const { return pairs_.empty(); }
  void add(std::uint32_t word, std::uint64_t count) { pairs_.emplace_back(word, count); }

  // Into `document`; false where a word has more than kMaxCount tokens, which too_often() then is.
  // Afterwards repeated() is a word that was added more than once, if there is one.
  bool finish(Document& document) {
    repeated_.reset();
    document.clear();
    const auto by_word = [](const Pair& a, const Pair& b) { return a.first < b.first; };
    if (!std::is_sorted(pairs_.begin(), pairs_.end(), by_word)) {
      std::sort(pairs_.begin(), pairs_.end(), by_word);
    }
    for (std::size_t i = 0; i < pairs_.size();) {
      const std::uint32_t word = pairs_[i].first;
      const std::size_t first = i;
      std::uint64_t count = 0;
      for (; i < pairs_.size() && pairs_[i].first == word; ++i) count += pairs_[i].second;
      if (i - first > 1 && !repeated_) repeated_ = word;
      if (count > kMaxCount) {
        too_often_ = word;
        return false;
      }
      document.words.push_back(word);
      document.counts.push_back(static_cast<std::uint32_t>(count));
    }
    return true;
  }
  std::uint32_t too_often() const { return too_often_; }
  std::optional<std::uint32_t> repeated() const { return repeated_; }

 private:
  using Pair = std::pair<std::uint32_t, std::uint64_t>;
  std::vector<Pair> pairs_;
  std::uint32_t too_often_ = 0;
  std::optional<std::uint32_t> repeated_;
};

}  // namespace svi_lda

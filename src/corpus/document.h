#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace svi_lda {

// The largest count and the largest vocabulary that a corpus may have. A count must be an integer
// that float32 holds exactly; the vocabulary limit only keeps a mistyped id from asking for all
// memory.
inline constexpr std::uint32_t kMaxCount = 1u << 24;
inline constexpr std::uint32_t kMaxVocabulary = 100'000'000;
inline constexpr std::uint64_t kMaxDocuments = 1'000'000'000;

// One bag of words, not owned: distinct word ids in ascending order (0-based) and how often each
// occurs (1 .. kMaxCount). Both spans have one length, 0 for an empty document.
struct DocumentView {
  std::span<const std::uint32_t> words;
  std::span<const std::uint32_t> counts;

  bool empty() const { return words.empty(); }
  std::uint64_t tokens() const {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
  }
};

// The same, owned; buffers are kept from one document to the next.
struct Document {
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> counts;

  DocumentView view() const { return {words, counts}; }
  void clear() {
    words.clear();
    counts.clear();
  }
};

// A hash of the content of a document: equal bags of words have equal hashes wherever they stand.
std::uint64_t content_hash(DocumentView document);

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"

namespace svi_lda {

// In how many windows of a reference corpus the top words of one topic stand, and each two of them
// together. A window is a document: a bag of words has no order from which to cut shorter ones.
struct Cooccurrence {
  std::uint64_t windows = 0;          // of the whole reference
  std::vector<std::uint64_t> single;  // [N], in the order of the top words
  std::vector<std::uint64_t> both;    // [N (N-1) / 2], of i > j at index i (i-1) / 2 + j

  std::size_t num_words() const { return single.size(); }
  std::uint64_t pair(std::size_t i, std::size_t j) const {
    return i == j ? single[i] : i > j ? both[i * (i - 1) / 2 + j] : both[j * (j - 1) / 2 + i];
  }
};

// Counts them for all topics in one pass over a corpus, a block of documents at a time. Memory:
// 4 bytes a word of the vocabulary, and for each thread 4 bytes a top word and pair within a topic;
// nothing grows with the documents.
class CooccurrenceCounter {
 public:
  // Counters that the topics ask for: Sum_k N_k (N_k + 1) / 2, of 4 bytes each.
  static std::uint64_t counters(std::span<const std::vector<std::uint32_t>> top_words);

  // `top_words`: of each topic distinct ids < vocab_size.
  CooccurrenceCounter(std::span<const std::vector<std::uint32_t>> top_words,
                      std::uint32_t vocab_size);

  // Counts documents whose ids are < vocab_size; empty ones are no windows. At most 2^32 - 1 in
  // all. The counts are integers, so that neither order nor threads change them.
  void add(std::span<const Document> documents, const Parallel& parallel);

  // [K], in the order of `top_words`.
  std::vector<Cooccurrence> counts() const;

 private:
  struct Tally {
    std::vector<std::uint32_t> counts;  // of each topic first its words, then its pairs
    std::vector<std::uint64_t> slots;   // of one document: topic << 32 | rank
    std::uint64_t windows = 0;
  };
  void add_document(DocumentView document, Tally& tally) const;

  std::vector<std::size_t> num_words_;     // [K]
  std::vector<std::size_t> begin_;         // [K + 1] into Tally::counts
  std::vector<std::uint32_t> word_index_;  // [V], 0 = in no topic, else 1 + its index
  std::vector<std::size_t> places_begin_;  // of each such word, into places_
  std::vector<std::uint64_t> places_;      // topic << 32 | rank
  std::vector<Tally> tallies_;             // a thread
};

}  // namespace svi_lda

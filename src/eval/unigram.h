#pragma once

#include <cstdint>
#include <vector>

#include "corpus/document.h"

namespace svi_lda {

// The baseline that every topic model must beat: one distribution over words for all documents,
// the training counts with one added, p(w) = (c_w + 1) / (N + V).
class Unigram {
 public:
  explicit Unigram(const std::vector<std::uint64_t>& word_counts);
  double log_probability(std::uint32_t word) const { return log_p_[word]; }
  // Sum over tokens, in nats.
  double log_likelihood(DocumentView document) const;

 private:
  std::vector<double> log_p_;
};

}  // namespace svi_lda

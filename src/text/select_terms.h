#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "corpus/document.h"
#include "text/word_table.h"

namespace svi_lda {

// In how many documents each term stands, and how often in all; [terms], by number.
struct TermStatistics {
  std::vector<std::uint32_t> documents;
  std::vector<std::uint64_t> tokens;

  void add(DocumentView document);
};

// Which terms a vocabulary takes.
struct TermLimits {
  double min_documents = 0.0;  // a term must be in at least so many documents,
  double max_documents = 0.0;  // and in at most so many
  std::uint64_t max_features =
      0;  // of those the most frequent so many, ties by code point; 0 = all
};

// Different terms and their tokens.
struct TermTotals {
  std::uint64_t terms = 0;
  std::uint64_t tokens = 0;
};

struct TermSelection {
  static constexpr std::uint32_t kDropped = 0xffffffffu;
  std::vector<std::string> vocabulary;  // by code point
  std::vector<std::uint32_t> place;     // [terms] in the vocabulary, or kDropped
  TermTotals found, below_min, above_max, beyond_max_features, kept;
};

// As scikit-learn's CountVectorizer chooses: both limits first, then the most frequent terms.
TermSelection select_terms(const WordTable& terms, const TermStatistics& statistics,
                           const TermLimits& limits);

}  // namespace svi_lda

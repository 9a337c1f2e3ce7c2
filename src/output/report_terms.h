#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "corpus/vocabulary.h"
#include "model/topics.h"

namespace svi_lda {

// Relevance of word w for topic k (Sievert, Shirley 2014, eq. 1):
//   l log p(w|k) + (1 - l) log(p(w|k) / p(w)),   0 <= l <= 1
// with p(w|k) = E[beta_kw] and p(w) the word's share of the training corpus.
struct ReportTerm {
  std::uint32_t word = 0;  // its place in ReportTerms::words
  double probability = 0.0;
};

// One of the topics that use a word.
struct TermUse {
  std::uint32_t topic = 0;
  double share = 0.0;  // p(k|w), by E[beta_kw] and the topics' weights
};

struct ReportWord {
  std::uint32_t id = 0;
  std::string text;             // clipped to kMostTermCharacters
  std::uint64_t count = 0;      // in training
  std::vector<TermUse> topics;  // by falling share, at most kMostTopicsOfTerm, none below 1%
};

struct ReportTerms {
  std::uint32_t terms_a_topic = 0;             // R
  std::vector<std::vector<ReportTerm>> terms;  // [K], by falling probability
  std::vector<ReportWord> words;               // ascending ids
};

// l is a multiple of 1 / kRelevanceSteps.
inline constexpr int kRelevanceSteps = 20;
inline constexpr std::size_t kMostTermCharacters = 80;
inline constexpr std::size_t kMostTopicsOfTerm = 8;

// Of each topic the words that are among its R most relevant for some l; R is 30 up to 500 topics
// and less beyond, so that a report stays small. `words` are these and the most frequent others, up
// to kMostReportWords where the former are fewer. Words that training has not seen have no p(w) and
// are left out. Memory: O(V) a thread beside the result.
inline constexpr std::size_t kMostReportWords = 12'000;
ReportTerms report_terms(const Topics& topics, std::span<const double> weights,
                         const std::vector<std::uint64_t>& word_counts,
                         const Vocabulary& vocabulary, const Parallel& parallel);

// The first `most` characters of UTF-8 text, with an ellipsis where that is not all.
std::string clipped(const std::string& text, std::size_t most);

}  // namespace svi_lda

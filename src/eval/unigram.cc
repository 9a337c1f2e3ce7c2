#include "eval/unigram.h"

#include <cmath>
#include <numeric>

namespace svi_lda {

Unigram::Unigram(const std::vector<std::uint64_t>& word_counts) : log_p_(word_counts.size()) {
  const double total =
      std::accumulate(word_counts.begin(), word_counts.end(), 0.0,
                      [](double sum, std::uint64_t c) { return sum + static_cast<double>(c); }) +
      static_cast<double>(word_counts.size());
  for (std::size_t w = 0; w < word_counts.size(); ++w) {
    log_p_[w] = std::log((static_cast<double>(word_counts[w]) + 1.0) / total);
  }
}

double Unigram::log_likelihood(DocumentView document) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    sum += document.counts[i] * log_p_[document.words[i]];
  }
  return sum;
}

}  // namespace svi_lda

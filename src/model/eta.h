#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

namespace svi_lda {

// eta_w, the Dirichlet parameter of each word in every topic: the same for all words, or one each.
// A view: the values for words must outlive it.
class Eta {
 public:
  Eta(double each) : each_(each) {}
  // `words` [V], or empty where `each` is that of every word.
  Eta(double each, std::span<const double> words) : each_(each), words_(words) {}

  bool per_word() const { return !words_.empty(); }
  std::span<const double> words() const { return words_; }
  double each() const { return each_; }  // where not per_word()
  double operator()(std::uint32_t w) const { return words_.empty() ? each_ : words_[w]; }
  // Sum over the V words.
  double sum(std::size_t vocab_size) const {
    return words_.empty() ? each_ * static_cast<double>(vocab_size)
                          : std::accumulate(words_.begin(), words_.end(), 0.0);
  }

 private:
  double each_;
  std::span<const double> words_ = {};
};

}  // namespace svi_lda

#pragma once

#include <cstdint>

namespace svi_lda {

// The order in which a pass visits D documents: a pseudo-random permutation of [0, D) keyed by
// (seed, pass), computed place by place in O(1) memory whatever D is, or the order of the file.
// A six-round Feistel network over the next even power of two, walked along its cycle until it
// falls below D (Black & Rogaway 2002, "Ciphers with arbitrary finite domains").
class DocumentOrder {
 public:
  // The order of the file.
  explicit DocumentOrder(std::uint64_t num_docs) : num_docs_(num_docs) {}
  // Shuffled.
  DocumentOrder(std::uint64_t num_docs, std::uint64_t seed, std::uint64_t pass);

  // The document at `place` < D; a bijection.
  std::uint64_t operator()(std::uint64_t place) const;

 private:
  static constexpr int kRounds = 6;
  std::uint64_t num_docs_;
  unsigned half_bits_ = 0;  // 0 = order of the file
  std::uint64_t keys_[kRounds] = {};
};

}  // namespace svi_lda

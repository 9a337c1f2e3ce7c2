#pragma once

#include <cstdint>

namespace svi_lda {

// A pseudo-random permutation of [0, n) keyed by (seed, pass), computed place by place in O(1)
// memory whatever n is, or the identity.
// A six-round Feistel network over the next even power of two, walked along its cycle until it
// falls below n (Black & Rogaway 2002, "Ciphers with arbitrary finite domains").
class Permutation {
 public:
  explicit Permutation(std::uint64_t n = 0) : n_(n) {}
  Permutation(std::uint64_t n, std::uint64_t seed, std::uint64_t pass);

  // Where `place` < n goes; a bijection.
  std::uint64_t operator()(std::uint64_t place) const;

 private:
  static constexpr int kRounds = 6;
  std::uint64_t n_;
  unsigned half_bits_ = 0;  // 0 = identity
  std::uint64_t keys_[kRounds] = {};
};

// The order in which a pass visits D documents: that of the file, shuffled anew in each pass, or in
// blocks whose documents are the same in every pass.
class DocumentOrder {
 public:
  // The order of the file.
  explicit DocumentOrder(std::uint64_t num_docs) : docs_(num_docs) {}
  // Shuffled.
  DocumentOrder(std::uint64_t num_docs, std::uint64_t seed, std::uint64_t pass)
      : docs_(num_docs, seed, pass) {}
  // Blocks of block_docs >= 1 documents, consecutive in the order of pass 0 (of the file, or
  // shuffled), each in the same order in every pass. From pass 1 on the blocks are shuffled anew in
  // each pass, but for a last one that is smaller.
  static DocumentOrder of_blocks(std::uint64_t num_docs, std::uint64_t block_docs, bool shuffled,
                                 std::uint64_t seed, std::uint64_t pass);

  // The document at `place` < D; a bijection.
  std::uint64_t operator()(std::uint64_t place) const;

 private:
  Permutation docs_;
  std::uint64_t block_docs_ = 0;  // 0 = no blocks
  std::uint64_t whole_blocks_ = 0;
  Permutation blocks_;
};

}  // namespace svi_lda

#include "minibatch/document_order.h"

#include <bit>

#include "base/random.h"

namespace svi_lda {

Permutation::Permutation(std::uint64_t n, std::uint64_t seed, std::uint64_t pass) : n_(n) {
  if (n < 2) return;
  half_bits_ = (static_cast<unsigned>(std::bit_width(n - 1)) + 1) / 2;
  RandomStream random(seed, RandomPurpose::kDocumentOrder, pass);
  for (std::uint64_t& key : keys_) key = random.next();
}

std::uint64_t Permutation::operator()(std::uint64_t place) const {
  if (half_bits_ == 0) return place;
  const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
  std::uint64_t x = place;
  do {
    std::uint64_t left = x >> half_bits_;
    std::uint64_t right = x & mask;
    for (const std::uint64_t key : keys_) {
      const std::uint64_t mixed = left ^ (mix64(right ^ key) & mask);
      left = right;
      right = mixed;
    }
    x = left << half_bits_ | right;
  } while (x >= n_);
  return x;
}

DocumentOrder DocumentOrder::of_blocks(std::uint64_t num_docs, std::uint64_t block_docs,
                                       bool shuffled, std::uint64_t seed, std::uint64_t pass) {
  DocumentOrder order = shuffled ? DocumentOrder(num_docs, seed, 0) : DocumentOrder(num_docs);
  order.block_docs_ = block_docs;
  order.whole_blocks_ = num_docs / block_docs;
  order.blocks_ =
      pass > 0 ? Permutation(order.whole_blocks_, seed, pass) : Permutation(order.whole_blocks_);
  return order;
}

std::uint64_t DocumentOrder::operator()(std::uint64_t place) const {
  if (block_docs_ == 0) return docs_(place);
  const std::uint64_t block = place / block_docs_;
  if (block >= whole_blocks_) return docs_(place);
  return docs_(blocks_(block) * block_docs_ + place % block_docs_);
}

}  // namespace svi_lda

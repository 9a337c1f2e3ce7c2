#include "minibatch/document_order.h"

#include <bit>

#include "base/random.h"

namespace svi_lda {

DocumentOrder::DocumentOrder(std::uint64_t num_docs, std::uint64_t seed, std::uint64_t pass)
    : num_docs_(num_docs) {
  if (num_docs < 2) return;
  half_bits_ = (static_cast<unsigned>(std::bit_width(num_docs - 1)) + 1) / 2;
  RandomStream random(seed, RandomPurpose::kDocumentOrder, pass);
  for (std::uint64_t& key : keys_) key = random.next();
}

std::uint64_t DocumentOrder::operator()(std::uint64_t place) const {
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
  } while (x >= num_docs_);
  return x;
}

}  // namespace svi_lda

#include "minibatch/longest_first.h"

#include <algorithm>
#include <numeric>

namespace svi_lda {

std::vector<std::uint32_t> longest_first(const Minibatch& batch) {
  std::vector<std::uint32_t> order(batch.num_docs());
  std::iota(order.begin(), order.end(), 0u);
  const auto length = [&](std::uint32_t d) { return batch.doc_begin[d + 1] - batch.doc_begin[d]; };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return length(a) != length(b) ? length(a) > length(b) : a < b;
  });
  return order;
}

}  // namespace svi_lda

#include "stats/topic_totals.h"

#include <cmath>
#include <string>

#include "svi_lda/error.h"

namespace svi_lda {

std::vector<double> topic_totals(const Minibatch& batch, const std::vector<double>& partial,
                                 std::size_t stride, std::uint32_t num_topics) {
  std::vector<double> totals(num_topics, 0.0);
  for (std::size_t begin = 0; begin < partial.size(); begin += stride) {
    for (std::uint32_t k = 0; k < num_topics; ++k) totals[k] += partial[begin + k];
  }
  double all = 0.0;
  for (const double total : totals) all += total;
  const auto tokens = static_cast<double>(batch.tokens);
  if (!(std::abs(all - tokens) <= 1e-3 * tokens)) {
    throw Error(ErrorKind::kNumeric,
                "sufficient statistics sum to " + std::to_string(all) + ", not to the " +
                    std::to_string(batch.tokens) +
                    " tokens of the minibatch that ends with document " +
                    std::to_string(batch.doc_number.back()),
                "please report this with the options and the corpus");
  }
  return totals;
}

}  // namespace svi_lda

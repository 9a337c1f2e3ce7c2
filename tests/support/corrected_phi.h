#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "minibatch/minibatch.h"
#include "model/topics.h"
#include "stats/corrected_responsibilities.h"

namespace svi_lda::testing {

// E[beta_kw] = lambda_kw / Sum_v lambda_kv of word w, [K].
inline std::vector<double> mean_beta(const Topics& topics, std::uint32_t w) {
  std::vector<float> row(topics.num_topics());
  topics.lambda_row(w, row.data());
  std::vector<double> beta(row.size());
  for (std::size_t k = 0; k < row.size(); ++k) {
    beta[k] = static_cast<double>(row[k]) / topics.row_sums()[k];
  }
  return beta;
}

// n phi of an entry, [K], from its factors, in double.
inline std::vector<double> corrected_phi(const Minibatch& batch,
                                         const CorrectedResponsibilities& from, std::size_t entry,
                                         std::uint32_t num_topics) {
  std::size_t doc = 0;
  while (batch.doc_begin[doc + 1] <= entry) ++doc;
  const float* row = from.rows.data() + std::size_t{batch.entry_word[entry]} * from.stride;
  const float* gamma = from.gamma.data() + doc * from.stride;
  std::vector<double> phi(num_topics);
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    const auto r = static_cast<double>(row[k]);
    phi[k] = static_cast<double>(from.ratio[entry]) * static_cast<double>(gamma[k]) * r /
             (static_cast<double>(from.normalizer[entry]) + r);
  }
  return phi;
}

}  // namespace svi_lda::testing

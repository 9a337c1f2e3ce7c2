#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "local/local_step.h"
#include "local/reference.h"

namespace svi_lda::testing {

// Document `doc` of a minibatch by the double twin, from the same float lambda.
inline ReferenceDocument double_twin(const Minibatch& batch, std::size_t doc, const Topics& topics,
                                     const Hyperparameters& hyper,
                                     const LocalStepOptions& options) {
  const std::uint32_t first = batch.doc_begin[doc];
  const auto n = static_cast<Eigen::Index>(batch.doc_begin[doc + 1] - first);
  const auto num_topics = static_cast<Eigen::Index>(topics.num_topics());
  Eigen::MatrixXd lambda(n, num_topics);
  Eigen::VectorXd counts(n);
  std::vector<float> row(topics.num_topics());
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::size_t e = first + static_cast<std::size_t>(i);
    topics.lambda_row(batch.words[batch.entry_word[e]], row.data());
    for (Eigen::Index k = 0; k < num_topics; ++k) {
      lambda(i, k) = static_cast<double>(row[static_cast<std::size_t>(k)]);
    }
    counts[i] = static_cast<double>(batch.entry_count[e]);
  }
  const Eigen::Map<const Eigen::VectorXd> sums(topics.row_sums().data(), num_topics);
  const Eigen::Map<const Eigen::VectorXd> alpha(hyper.alpha.data(), num_topics);
  return reference_local_step(options.method, lambda, sums, counts, alpha, options.max_iterations,
                              options.tolerance);
}

}  // namespace svi_lda::testing

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.h"
#include "base/parallel.h"
#include "corpus/document.h"
#include "local/local_step.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// Documents with E[beta] of their words: what the estimators of p(w_d | alpha, E[beta]) work on.
class MeanBatch {
 public:
  // Both must outlive this.
  MeanBatch(const Topics& topics, const Hyperparameters& hyper);

  // Takes the documents in; those before are forgotten.
  void build(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel);

  const Minibatch& batch() const { return batch_; }
  std::size_t num_topics() const { return topics_.num_topics(); }
  std::size_t stride() const { return topics_.stride(); }
  // E[beta_kw] of the word of an entry, [stride], up to exp(log_factor()); padding 0.
  const float* row(std::size_t entry) const {
    return rows_.data() + std::size_t{batch_.entry_word[entry]} * stride();
  }
  double log_factor() const { return tables_.log_shift(); }
  const float* alpha() const { return alpha_.data(); }  // [stride], padding 0
  double alpha_sum() const { return alpha_sum_; }
  // Documents from the longest to the shortest: the order to hand them out in.
  std::vector<std::uint32_t> longest_first() const;

 private:
  const Topics& topics_;
  TopicTables tables_;
  AlignedVector<float> alpha_;
  double alpha_sum_ = 0.0;
  MinibatchBuilder builder_;
  Minibatch batch_;
  AlignedVector<float> rows_;
  std::vector<float> smoothing_;
};

}  // namespace svi_lda

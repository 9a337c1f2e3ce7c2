#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "eval/bound.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// What scikit-learn's LatentDirichletAllocation.perplexity and gensim's LdaModel.log_perplexity are
// made of. Both add the topics' term of the corpus bound to the bound of the documents given, and
// divide by the tokens of these documents:
//   (r Sum_d bound_d - Sum_k KL(Dir(lambda_k) || Dir(eta))) / (r tokens),
// r = 1, or total_docs / docs (sub_sampling; gensim's total_docs). With few documents the topics'
// term is most of it and grows with K and V: the figure is no measure of predictions.
class ForeignPerplexity {
 public:
  // Both tools iterate gamma from values that are alike for all topics until its mean change is
  // below 1e-3; scikit-learn at most 100 times, gensim 50. The model must outlive this.
  ForeignPerplexity(const Topics& topics, const Hyperparameters& hyper, int max_iterations);

  // Adds documents; those without words count as documents, as they do there.
  void add(std::span<const Document> documents, std::uint64_t first_number,
           const Parallel& parallel);

  // The bound above, in nats a token; total_docs = 0 is r = 1. NaN where there are no tokens.
  double bound_per_token(double total_docs, const Parallel& parallel) const;

 private:
  const Topics& topics_;
  const Hyperparameters& hyper_;
  BoundScorer scorer_;
  std::vector<double> bounds_;
  double documents_bound_ = 0.0;
  std::uint64_t docs_ = 0;
  std::uint64_t tokens_ = 0;
};

}  // namespace svi_lda

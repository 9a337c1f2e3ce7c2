#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "local/local_step.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// log likelihood of words under one theta a document: log p = Sum_w n_w log Sum_k theta_k
// E[beta_kw]. theta is the fixed point of
//   theta_k = (alpha_k + Sum_w n_w phi_wk) / (Sum alpha + N),  phi_wk prop. to theta_k E[beta_kw]
// on the words that it is fitted to (Asuncion et al. 2009, CVB0 without own-token correction).
// Needs Topics whose rows are all here; V of the documents must be that of the topics.
class ThetaScorer {
 public:
  ThetaScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
              double tolerance);

  // log_likelihood[i] of scored[i] under the theta of fitted[i], in nats; it depends on these two
  // alone. Fails: Error kNumeric naming the document.
  void score(std::span<const Document> fitted, std::span<const Document> scored,
             std::uint64_t first_number, const Parallel& parallel,
             std::vector<double>& log_likelihood);

 private:
  const Topics& topics_;
  const Hyperparameters& hyper_;
  LocalStepOptions options_;
  MinibatchBuilder builder_;
  Minibatch batch_;
  Responsibilities responsibilities_;
};

}  // namespace svi_lda

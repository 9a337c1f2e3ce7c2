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

// Cuts a document's tokens at random into an observed half of ceil(N/2) tokens and a held-out half.
// The cut is keyed by (seed, content), not by the document's place: copies of a document are cut
// alike, and order or batching change nothing.
void split_for_completion(DocumentView document, std::uint64_t seed, Document& observed,
                          Document& held_out);

// Document completion: log likelihood (nats) of each document's held-out half given its observed
// half, log p = Sum_w n_w log Sum_k theta_k E[beta_kw]. theta is the fixed point of
//   theta_k = (alpha_k + Sum_w n_w phi_wk) / (Sum alpha + N),  phi_wk prop. to theta_k E[beta_kw]
// on the observed half (Asuncion et al. 2009, CVB0 without own-token correction).
// Needs Topics whose rows are all here; V of the documents must be that of the topics.
class CompletionScorer {
 public:
  CompletionScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
                   double tolerance, std::uint64_t seed);

  struct Score {
    double log_likelihood = 0.0;  // of the held-out half
    std::uint64_t tokens = 0;     // in it
  };
  // Scores documents in parallel; scores[i] belongs to documents[i] and depends on it alone.
  // held_out[i] receives the held-out half. Fails: Error kNumeric naming the document.
  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, std::vector<Score>& scores, std::vector<Document>& held_out);

 private:
  const Topics& topics_;
  const Hyperparameters& hyper_;
  LocalStepOptions options_;
  std::uint64_t seed_;
  MinibatchBuilder builder_;
  Minibatch batch_;
  Responsibilities responsibilities_;
  Document observed_;
};

}  // namespace svi_lda

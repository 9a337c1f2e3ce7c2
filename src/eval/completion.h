#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "eval/theta_scorer.h"
#include "model/hyperparameters.h"
#include "model/topics.h"

namespace svi_lda {

// Cuts a document's tokens at random into an observed half of ceil(N/2) tokens and a held-out half.
// The cut is keyed by (seed, content), not by the document's place: copies of a document are cut
// alike, and order or batching change nothing.
void split_for_completion(DocumentView document, std::uint64_t seed, Document& observed,
                          Document& held_out);

// Document completion: log likelihood (nats) of each document's held-out half under the theta that
// its observed half gives (eval/theta_scorer.h).
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
  ThetaScorer scorer_;
  std::uint64_t seed_;
  std::vector<Document> observed_;
  std::vector<double> log_likelihood_;
};

}  // namespace svi_lda

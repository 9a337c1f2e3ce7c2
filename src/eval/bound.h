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

// Where a document's gamma begins; with an alpha that is the same for all topics both lead to one
// fixed point.
enum class GammaStart {
  kAlphaAndShare,  // alpha_k + N_d / K
  kAlike,          // (Sum alpha + N_d) / K, as scikit-learn and gensim do up to a factor
};

// The document bound of Hoffman, Blei, Bach 2010, eq. 16, in nats: a lower bound on
// log p(w_d | alpha, exp(E[log beta])),
//   Sum_w n_w log Sum_k exp(E[log theta_k] + E[log beta_kw]) - KL(Dir(gamma_d) || Dir(alpha)),
// at the gamma that the VB local step ends with. It has no term for the topics: the corpus bound,
// which has, is another figure.
class BoundScorer {
 public:
  BoundScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
              double tolerance, GammaStart start = GammaStart::kAlphaAndShare);

  // bounds[i] of documents[i], in nats; depends on that document alone.
  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, std::vector<double>& bounds);

 private:
  void start_alike();

  const Topics& topics_;
  const Hyperparameters& hyper_;
  LocalStepOptions options_;
  TopicTables tables_;
  MinibatchBuilder builder_;
  Minibatch batch_;
  Responsibilities responsibilities_;
};

}  // namespace svi_lda

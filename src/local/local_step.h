#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/aligned.h"
#include "base/parallel.h"
#include "local/kernels.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

struct LocalStepOptions {
  LocalMethod method = LocalMethod::kVb;
  int max_iterations = 100;  // inner iterations a document, >= 1
  double tolerance = 1e-3;   // stop when the mean over topics of |change of gamma_dk| is below
  // Documents start from the gamma that responsibilities.gamma holds, [S x stride], Sum_k gamma_dk
  // = Sum alpha + N_d and padding kSmallestParameter, instead of from alpha_k + N_d / K.
  bool warm_start = false;
};

// The per-topic part of the local step, computed once a minibatch: alpha and the factors that come
// from the row sums of lambda. VB: exp(-psi(Sum_w lambda_kw)); means: 1 / Sum_w lambda_kw; both
// shifted so that the largest is 1.
class TopicTables {
 public:
  TopicTables(LocalMethod method, const Topics& topics, const Hyperparameters& hyper);

  TopicContext context(const LocalStepOptions& options) const;
  // The common log factor that topic_factor leaves out: log of the true factor is
  // log(topic_factor_k) + log_shift().
  double log_shift() const { return log_shift_; }

 private:
  std::uint32_t num_topics_;
  AlignedVector<float> alpha_;
  AlignedVector<float> factor_;
  AlignedVector<float> log_factor_;
  float scale_;
  double log_shift_ = 0.0;
};

// The rows of a minibatch's words that the local step multiplies with: VB exp(psi(lambda_wk)) up to
// a factor per word, means lambda_wk. Into `rows`, [W x stride]; and into start_dots, [W], each
// row's dot product with the topic factors: what a document begins with whose gamma is the same for
// all topics.
void prepare_rows(LocalMethod method, const Minibatch& batch, const Topics& topics,
                  const TopicContext& context, const Parallel& parallel, AlignedVector<float>& rows,
                  std::vector<float>& start_dots);

// Fits q(theta_d) and phi of every document of a minibatch with the topics fixed (Hoffman, Blei,
// Bach 2010, algorithm 2, lines 5-9), starting from gamma_dk = alpha_k + N_d / K or, with
// options.warm_start, from a gamma given. Documents are independent of each other and of the
// minibatch that they stand in.
// The result does not depend on the number of threads.
// Fails: Error kNumeric naming the document, where gamma is not finite.
// The tasks `beside`, where given, are done meanwhile; see Parallel::for_chunks.
void local_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                const LocalStepOptions& options, const Parallel& parallel,
                Responsibilities& responsibilities,
                std::optional<BesideTasks> beside = std::nullopt);

}  // namespace svi_lda

#pragma once

#include <vector>

#include "base/parallel.h"
#include "local/kernels.h"
#include "minibatch/minibatch.h"
#include "model/topics.h"

namespace svi_lda {

// E[beta_kw] of a minibatch's words up to the common factor of context.topic_factor: into rows,
// [W x stride], padding 0; and into smoothing, [W], Sum_k alpha_k rows_wk. alpha [stride], padding
// 0.
void prepare_mean_rows(const Minibatch& batch, const Topics& topics, const TopicContext& context,
                       const float* alpha, const Parallel& parallel, AlignedVector<float>& rows,
                       std::vector<float>& smoothing);

}  // namespace svi_lda

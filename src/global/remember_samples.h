#pragma once

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/sample_memory.h"
#include "stats/topic_samples.h"

namespace svi_lda {

// After a global step of size rho with the samples of a minibatch: remembers them, and how often
// they stand in lambda. rho = 1 forgets all that was before. Does nothing with an empty memory.
void remember_samples(const Minibatch& batch, const TopicSamples& samples, double corpus_docs,
                      double rho, const Parallel& parallel, SampleMemory& memory);

// After a global step with the statistics of another method: lambda has shrunk.
void remember_step(double rho, SampleMemory& memory);

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <optional>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/hyperparameters.h"
#include "model/sample_memory.h"
#include "model/topics.h"
#include "stats/topic_samples.h"

namespace svi_lda {

struct SampledStepOptions {
  int sweeps = 10;         // over each document, >= 1
  int kept = 5;            // the last ones, whose samples count; in [1, sweeps]
  std::uint64_t seed = 1;  // with the step and the document's number, of all random numbers
};

// Samples the topics of every token of a minibatch with the topics fixed at E[beta] (Mimno,
// Hoffman, Blei 2012, with E[beta] in place of exp(E[log beta]), which leaves words that a topic
// has never held a chance). Documents are independent of each other and of the minibatch that they
// stand in; the result does not depend on the number of threads. A document that `memory` has
// samples of is sampled with topics that it has not itself added to (local/leave_out.h). The tasks
// `beside`, where given, are done meanwhile; see Parallel::for_chunks.
void sampled_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                  const SampledStepOptions& options, std::uint64_t step, const Parallel& parallel,
                  TopicSamples& samples, std::optional<BesideTasks> beside = std::nullopt,
                  const SampleMemory& memory = {});

}  // namespace svi_lda

#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/topic_average.h"
#include "model/topics.h"

namespace svi_lda {

// Iterate averaging with polynomial decay (Shamir, Zhang 2013, section 4; Polyak, Juditsky 1992):
// the mean of lambda over the steps, with weights as t^3, so that about the last quarter of them
// counts, wherever training stops. It follows the steps and changes none. Its cost does not depend
// on V but at the folds of either, and no result on the number of threads.
//
// Before a global_step() of size rho: brings the rows that the step will change up to date.
void average_before_step(const Minibatch& batch, double rho, std::uint64_t t,
                         const Parallel& parallel, const Topics& topics, TopicAverage& average);

// After it, t >= 1: takes lambda into the mean.
void average_after_step(std::uint64_t t, const Parallel& parallel, const Topics& topics,
                        TopicAverage& average);

// What there is of a topic in the mean becomes lambda as it is: the topic is another from now on.
// Where all rows are up to date, as complete_average() leaves them.
void begin_average_anew(std::uint32_t topic, const Topics& topics, TopicAverage& average);

// Brings all rows up to date: `average.mean` is the mean then.
void complete_average(const Parallel& parallel, const Topics& topics, TopicAverage& average);

}  // namespace svi_lda

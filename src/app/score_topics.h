#pragma once

#include "app/load_topics.h"
#include "base/parallel.h"
#include "output/model_file.h"
#include "svi_lda/evaluate.h"
#include "svi_lda/topic_quality.h"

namespace svi_lda {

// Figures of a model's topics: coherence in `options.reference`, diversity, exclusivity, duplicate
// and dead topics. One pass over the reference; memory does not grow with it.
// `weighted`: whether lambda says how much of the corpus a topic has; without it weights are NaN
// and no topic is dead for lack of it. The corpus that topics are held against is that of
// training (model.word_counts) where it is known, else the reference.
// Fails: Error as open_corpus and DocumentChunks; kInput where the reference has no word of the
// model; kUsage where the counters that --top asks for would not fit.
TopicQuality score_topics(const Model& model, bool weighted, const TopicQualityOptions& options,
                          const Parallel& parallel);

// The same for `evaluate`: the reference is that of options.quality, else the evaluated corpus.
// Fails: kUsage where that is standard input, which cannot be read twice.
TopicQuality score_evaluated_topics(const LoadedTopics& topics, const EvaluateOptions& options,
                                    const Parallel& parallel);

}  // namespace svi_lda

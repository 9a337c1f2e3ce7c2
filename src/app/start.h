#pragma once

#include <cstdint>

#include "app/training_corpus.h"
#include "base/parallel.h"
#include "model/training_state.h"
#include "svi_lda/train.h"

namespace svi_lda {

// What --init names. auto: anchors for vb, batch and incremental; else documents where there are
// fewer than 10,000; for em and with seed words random, and where documents cannot be drawn.
enum class Start { kRandom, kDocuments, kAnchors };
Start start_of(const TrainOptions& options, double docs);

// The first topics and the prior of seeded words: reads --seed-words, and draws documents where
// they are asked for. Expects the state of a fresh run, its Topics at eta. `seed` of the start may
// differ from that of the run. Fails: as read_seed_words(), and as the corpus does.
void start_topics(const TrainOptions& options, Start start, std::uint64_t seed,
                  const TrainingCorpus& corpus, const Parallel& parallel, TrainingState& state);

}  // namespace svi_lda

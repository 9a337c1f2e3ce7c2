#pragma once

#include <cstdint>
#include <vector>

#include "model/alpha_memory.h"
#include "model/document_memory.h"
#include "model/gradient_memory.h"
#include "model/hyperparameters.h"
#include "model/sample_memory.h"
#include "model/topic_average.h"
#include "model/topics.h"

namespace svi_lda {

// How far a run has come in its stream of documents.
struct StreamPosition {
  std::uint64_t pass = 0;  // passes completed
  std::uint64_t docs = 0;  // documents of the current pass already used
};

// Everything that decides what a run does next: all that a checkpoint holds of it.
struct TrainingState {
  Topics topics;
  Hyperparameters hyper;
  std::uint64_t step = 0;  // global steps taken (t of the last one)
  StreamPosition position;
  std::uint64_t docs = 0;    // documents seen over all passes
  std::uint64_t tokens = 0;  // tokens seen over all passes
  double seconds = 0.0;      // training time so far, over all sittings; decides nothing
  DocumentMemory memory = {};
  SampleMemory samples = {};
  AlphaMemory alpha_memory = {};
  std::vector<double> held_out_by_pass = {};  // perplexity after each pass, where that decides when
                                              // to stop
  GradientMemory gradient = {};
  TopicAverage average = {};
  double base_share = 1.0;  // of lambda: what an update has left of the model that it began with
};

}  // namespace svi_lda

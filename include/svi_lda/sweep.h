#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "svi_lda/train.h"

namespace svi_lda {

// Which runs a sweep makes, and on what they are evaluated.
struct SweepOptions {
  TrainOptions train;                // of every run; topics, seed and output are set by the sweep
  std::string folder;                // takes the runs, sweep.json, sweep.tsv and sweep.svg
  std::vector<std::int64_t> topics;  // K of the runs
  std::vector<std::uint64_t> seeds = {1, 2, 3};  // of each K
  std::string test;       // corpus to evaluate on; empty = train.held_out, else a tenth of the
                          // corpus, chosen by content, that no run sees
  std::string reference;  // corpus of coherence; empty = train.corpus
  std::int64_t top = 10;  // words of a topic that coherence looks at
};

// One line for each rule that is broken, as violations(TrainOptions). Opens nothing.
std::vector<std::string> violations(const SweepOptions& options);

// A run and its figures; NaN where there is none.
struct SweepRun {
  std::int64_t topics = 0;
  std::uint64_t seed = 0;
  std::string run;                // its folder, within that of the sweep
  double completion = 0.0;        // perplexity of held-out halves
  double completion_error = 0.0;  // its standard error, over documents
  double bound = 0.0;             // exp of minus the document bound per token
  double unigram = 0.0;           // baseline on the tokens that completion scores
  double c_v = 0.0;               // means over topics: svi_lda/topic_quality.h
  double npmi = 0.0;
  double umass = 0.0;
  double exclusivity = 0.0;
  double diversity = 0.0;
  std::uint64_t duplicates = 0;  // topics
  std::uint64_t dead = 0;        // topics
  std::uint64_t passes = 0;
  double seconds = 0.0;  // of training
};

struct SweepResult {
  std::vector<SweepRun> runs;  // all that the folder holds, by topics, then seed
  std::string evaluated_on;    // what the figures of completion are of
  std::uint64_t trained = 0;   // runs made now; the others were there
  int signal = 0;              // that stopped the sweep; 0 = it came to its end
  std::string table;           // path of sweep.tsv
  std::string picture;         // path of sweep.svg
};

// Trains a model for each number of topics and seed, scores each by evaluate() and writes the table
// and the picture anew after each. The same sweep again goes on where it was stopped; with more
// topics or seeds it makes those that are missing. It does not choose among them.
// Fails: Error as train() and evaluate(); kInput where the folder holds another sweep.
SweepResult sweep(const SweepOptions& options, const TrainCallbacks& callbacks = {});

}  // namespace svi_lda

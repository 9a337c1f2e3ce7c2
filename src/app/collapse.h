#pragma once

#include <cstdint>

#include "app/training_run.h"
#include "base/parallel.h"

namespace svi_lda {

// Topics whose information (eval/topic_information.h) is below this share of its bound, log K, are
// all alike: the unigram model. Good ones of four corpora had from 0.13 (K = 2) to 0.7 of it after
// two passes, collapsed ones less than 0.01.
inline constexpr double kCollapsedBelow = 0.03;

// A run is looked at after two passes, from the second on: the first ones at whose ends so little
// of the start is left in lambda; before, random topics are alike by themselves. A run of one pass
// is looked at at its end.
inline constexpr double kMostOfStart = 0.05;
inline constexpr std::uint64_t kFirstWatchedPass = 2;
inline constexpr std::uint64_t kWatchedPasses = 2;

// Never an update, which keeps the topics that it was given.
//
// Looks after the first passes of a run whether its topics have collapsed, warns once, and says
// whether the run is to begin anew from documents. Decides by the state and the options alone.
class CollapseWatch {
 public:
  // `run` must outlive this.
  explicit CollapseWatch(TrainingRun& run) : run_(run) {}

  // After the last step of a pass, before its checkpoint. True: begin_anew() is what to do, and
  // the record of the run says so. A run begins anew at most once, only with --init auto, and where
  // its documents can be drawn.
  bool after_pass(const Parallel& parallel);

 private:
  TrainingRun& run_;
  bool warned_ = false;
};

// Puts the run back to its first step, with topics that begin as documents drawn by another seed;
// its checkpoints are of other topics and go. Killed before run.json is written, the run collapses
// again and comes here again. Fails: kIo.
void begin_anew(TrainingRun& run, const Parallel& parallel);

}  // namespace svi_lda

#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "app/run_directory.h"
#include "app/training_corpus.h"
#include "base/parallel.h"
#include "model/training_state.h"
#include "output/model_file.h"
#include "output/run_record.h"
#include "svi_lda/train.h"

namespace svi_lda {

// The model that an update went on from.
struct UpdateBase {
  ModelBase model;                         // its share as the update began: 1
  std::vector<std::uint64_t> word_counts;  // [V]
};

// A run that is ready to take its next step: what train and resume prepare.
struct TrainingRun {
  TrainOptions options;
  RunDirectory directory;
  RunRecord record;
  std::unique_ptr<TrainingCorpus> corpus;
  TrainingState state;
  std::chrono::steady_clock::time_point began;  // of this sitting, for --time-limit

  std::optional<UpdateBase> base = {};  // of an update

  // D: the documents of the corpus, and those of the model that an update went on from.
  double docs() const;
  // Training tokens of each word, [V], of all these.
  std::vector<std::uint64_t> word_counts() const;
  // What model and checkpoint files say of the run as it stands.
  ModelMeta meta() const;
};

RunCorpus to_record(const CorpusSummary& summary);

// A path as a run keeps it: absolute; none ("") and standard input ("-") as they are.
std::string recorded_path(const std::string& path);
// What run.json says of a run by resolved options before it begins.
RunRecord new_record(const TrainOptions& options);

// The state before the first step, after checking that it will fit (--memory-limit). `restart`: of
// a run that has begun anew. Fails: Error kMemory, saying what to lower; as start_topics().
TrainingState initial_state(const TrainOptions& options, const TrainingCorpus& corpus,
                            const std::optional<RunRestart>& restart, const Parallel& parallel);
void require_memory(const TrainOptions& options, const TrainingCorpus& corpus);

// Takes the remaining steps, and writes reports, checkpoints and at the end the model.
TrainResult run_to_end(TrainingRun& run, const Parallel& parallel, const TrainCallbacks& callbacks);

}  // namespace svi_lda

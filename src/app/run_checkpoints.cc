#include "app/run_checkpoints.h"

#include <spdlog/spdlog.h>

namespace svi_lda {

RunCheckpoints::RunCheckpoints(const TrainingRun& run)
    : run_(run),
      interval_(parse_interval(run.options.checkpoint_every).value_or(Interval{})),
      written_step_(run.state.step),
      newest_(run.state.step == 0 ? std::string()
                                  : checkpoint_path(run.directory.checkpoints(), run.state.step)),
      last_(std::chrono::steady_clock::now()) {}

void RunCheckpoints::after_step(std::uint64_t batch_docs) {
  bool due = false;
  if (interval_.unit == Interval::Unit::kSteps) {
    due = run_.state.step % static_cast<std::uint64_t>(interval_.value) == 0;
  } else if (interval_.unit == Interval::Unit::kDocs) {
    due = reaches_multiple(interval_, run_.state.docs, batch_docs);
  } else if (interval_.unit == Interval::Unit::kSeconds) {
    const std::chrono::duration<double> since = std::chrono::steady_clock::now() - last_;
    due = since.count() >= interval_.value;
  }
  if (due) write();
}

std::string RunCheckpoints::finish() {
  if (written_step_ != run_.state.step) write();
  return newest_;
}

void RunCheckpoints::write() {
  const std::string directory = run_.directory.checkpoints();
  const std::string path = checkpoint_path(directory, run_.state.step);
  write_checkpoint(path, run_.state, run_.corpus->vocabulary(), run_.word_counts(), run_.meta());
  prune_checkpoints(directory, static_cast<std::uint64_t>(run_.options.keep_checkpoints));
  spdlog::debug("checkpoint {}", path);
  written_step_ = run_.state.step;
  newest_ = path;
  last_ = std::chrono::steady_clock::now();
}

}  // namespace svi_lda

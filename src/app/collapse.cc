#include "app/collapse.h"

#include <spdlog/spdlog.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "app/inference_method.h"
#include "app/step_rule.h"
#include "app/stream_option.h"
#include "base/random.h"
#include "eval/topic_information.h"
#include "global/step_size.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr const char* kReason = "all topics became alike";

// The share of the first topics that is left in lambda after `steps`.
double left_of_start(const TrainOptions& options, std::uint64_t steps) {
  if (is_coordinate_ascent(method_of(options))) return 0.0;
  const StepSize step_size = step_size_of(options);
  double left = 1.0;
  for (std::uint64_t t = 1; t <= steps && left >= kMostOfStart; ++t) left *= 1.0 - step_size(t);
  return left;
}

// Whether the run is at the end of one of the passes that are looked at.
bool is_watched(const TrainingRun& run) {
  const std::uint64_t pass = run.state.position.pass;
  const std::uint64_t steps = run.state.step;
  if (pass < kFirstWatchedPass || left_of_start(run.options, steps) >= kMostOfStart) return false;
  const std::uint64_t before = kWatchedPasses * (steps / pass);
  return pass < kFirstWatchedPass + kWatchedPasses ||
         left_of_start(run.options, steps - before) >= kMostOfStart;
}

}  // namespace

bool CollapseWatch::after_pass(const Parallel& parallel) {
  const TrainingState& state = run_.state;
  const std::uint64_t pass = state.position.pass;
  const bool only_pass = pass == 1 && (run_.options.passes == 1 || is_stream(run_.options)) &&
                         left_of_start(run_.options, state.step) < kMostOfStart;
  const bool watched = is_watched(run_);
  if (run_.base || warned_ || state.topics.num_topics() < 2 || !(watched || only_pass))
    return false;
  const double information = topic_information(state.topics, state.hyper.word_prior(), parallel);
  spdlog::debug("topics tell {:.4f} nats about a word", information);
  if (information >= kCollapsedBelow * std::log(state.topics.num_topics())) return false;
  warned_ = true;
  // A run of one pass may be given more, and must then be the run that had them from the start.
  const bool restarts = watched && !run_.record.restart && run_.options.init == "auto" &&
                        run_.corpus->documents() != nullptr;
  spdlog::warn(
      "after {} all topics are alike (they tell {:.2g} nats about a word): this is the "
      "unigram model; {}",
      is_stream(run_.options) ? fmt::format("{} documents", state.docs)
                              : fmt::format("pass {}", pass),
      information,
      restarts ? "the run begins anew, each topic with documents of its own (--init documents)"
               : "try a smaller --eta or --alpha, more --inner-iterations, fewer --topics or "
                 "another --inference");
  if (restarts) {
    run_.record.restart =
        RunRestart{state.position.pass, information, mix64(run_.options.seed), kReason};
  }
  return restarts;
}

void begin_anew(TrainingRun& run, const Parallel& parallel) {
  for (const std::string& checkpoint : list_checkpoints(run.directory.checkpoints())) {
    std::error_code failure;
    std::filesystem::remove(checkpoint, failure);
    if (failure) {
      throw Error(ErrorKind::kIo, checkpoint, 0, "cannot be removed: " + failure.message());
    }
  }
  write_run_record(run.directory.record(), run.record);
  const double seconds = run.state.seconds;
  run.state = initial_state(run.options, *run.corpus, run.record.restart, parallel);
  run.state.seconds = seconds;
}

}  // namespace svi_lda

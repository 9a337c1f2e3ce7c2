#include "svi_lda/train.h"

#include <spdlog/spdlog.h>

#include <csignal>
#include <exception>
#include <filesystem>
#include <future>
#include <optional>
#include <string>

#include "app/alpha_option.h"
#include "app/automatic.h"
#include "app/collapse.h"
#include "app/corpus_ingest.h"
#include "app/duplicates.h"
#include "app/eta_option.h"
#include "app/expectation_step.h"
#include "app/maximization_step.h"
#include "app/quantities.h"
#include "app/run_checkpoints.h"
#include "app/run_reports.h"
#include "app/settling.h"
#include "app/stage_profile.h"
#include "app/stream_option.h"
#include "app/text_options.h"
#include "app/time_schedule.h"
#include "app/training_run.h"
#include "app/update_run.h"
#include "base/clock.h"
#include "base/isa.h"
#include "minibatch/batcher.h"
#include "output/run_options.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// Laps of one step: each goes to a stage of the profile.
class Stopwatch {
 public:
  explicit Stopwatch(StageProfile& profile) : profile_(profile) { restart(); }
  void restart() { began_ = last_ = Clock::now(); }
  // Ends a lap; returns the seconds since the last restart.
  double lap(StageProfile::Stage stage) {
    const Clock::time_point now = Clock::now();
    profile_.add(stage, std::chrono::duration<double>(now - last_).count());
    last_ = now;
    return std::chrono::duration<double>(now - began_).count();
  }

 private:
  StageProfile& profile_;
  Clock::time_point began_;
  Clock::time_point last_;
};

std::string name_of_signal(int signal) {
  if (signal == SIGINT) return "SIGINT";
  if (signal == SIGTERM) return "SIGTERM";
  return "signal " + std::to_string(signal);
}

bool stopped_by_signal(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error.kind() == ErrorKind::kStopped;
  } catch (...) {
    return false;
  }
}

// The files of a run that has come to its end, or to a stop that can be resumed. A run that goes on
// later has no model yet.
void close_run(TrainingRun& run, RunCheckpoints& checkpoints, const Parallel& parallel,
               TrainResult& result) {
  const bool interrupted = result.end == TrainResult::End::kSignal;
  // Side by side, as each waits for the disk about as long as it computes; but a model appears only
  // where the run can go on from the same step.
  std::promise<void> checkpoint_written;
  parallel.for_chunks(interrupted ? 1 : 2, 1, [&](std::size_t file, std::size_t, int) {
    if (file == 0) {
      try {
        result.checkpoint = checkpoints.finish();
        checkpoint_written.set_value();
      } catch (...) {
        checkpoint_written.set_exception(std::current_exception());
        throw;
      }
    } else {
      result.model = run.directory.model();
      std::optional<Topics> copy;
      write_model(result.model, resulting_topics(run.state, Parallel(1), copy), run.state.hyper,
                  run.corpus->vocabulary(), run.word_counts(), run.meta(),
                  [&] { checkpoint_written.get_future().get(); });
    }
  });
  run.record.state = interrupted ? "interrupted" : "finished";
  run.record.corpus = to_record(run.corpus->summary());
  const std::string reason = interrupted ? name_of_signal(result.signal)
                             : result.end == TrainResult::End::kTimeLimit ? "time limit"
                             : settled(run.options, run.state) != Settled::kNot
                                 ? name_of(settled(run.options, run.state))
                             : is_stream(run.options) ? "end of the stream"
                                                      : "passes";
  if (run.record.update) run.record.update->base.share = run.state.base_share;
  run.record.end = RunEnd{run.state.step, result.passes, run.state.seconds, reason};
  write_run_record(run.directory.record(), run.record);
  if (!interrupted && !run.options.keep_cache) run.directory.remove_caches();
}

// As run_to_end(); nothing where the run must begin anew.
std::optional<TrainResult> run_on(TrainingRun& run, const Parallel& parallel,
                                  const TrainCallbacks& callbacks) {
  TrainingState& state = run.state;
  const TrainOptions& options = run.options;
  const double time_limit = parse_duration(options.time_limit).value_or(0.0);
  const double corpus_docs = run.corpus->docs();
  const std::uint64_t passes = is_stream(options) ? 1 : static_cast<std::uint64_t>(options.passes);
  // Not known where a run may settle at any pass.
  const std::uint64_t total_docs =
      options.least_gain == 0.0 && (state.memory.empty() || options.bound_tolerance == 0.0)
          ? static_cast<std::uint64_t>(corpus_docs) * passes
          : 0;

  run.record.state = "running";
  if (options.corpus_size == 0) run.record.corpus = to_record(run.corpus->summary());
  run.record.end.reset();

  Batcher batcher(*run.corpus, run.corpus->vocab_size(),
                  static_cast<std::uint64_t>(options.batch_size), passes, state.position.pass,
                  state.position.docs, minibatches_ahead(parallel.threads()));
  const auto read_ahead = [&](std::size_t i) { batcher.read_ahead(i); };
  // The record waits for the disk; the first minibatch is made meanwhile.
  const auto write_record = [&](std::size_t) {
    write_run_record(run.directory.record(), run.record);
  };
  parallel.for_chunks(
      batcher.num_ahead(), 1, [&](std::size_t i, std::size_t, int) { read_ahead(i); },
      BesideTasks{1, write_record});
  // Earlier sittings count by their training time.
  const auto step_size_factor = [&, before = state.seconds] {
    if (!run.record.schedule) return 1.0;
    return cooling((before + seconds_since(run.began)) / run.record.schedule->seconds);
  };
  RunReports reports(run, parallel);
  RunCheckpoints checkpoints(run);
  Minibatch batch;
  ExpectationStep expectation(options, corpus_docs);
  MaximizationStep maximization(options, run.docs(), step_sizes_of(run));
  SufficientStats stats;
  StageProfile profile;
  CollapseWatch collapse(run);
  TrainResult result;
  try {
    Stopwatch watch(profile);
    while (settled(options, state) == Settled::kNot && batcher.next(batch)) {
      watch.lap(StageProfile::kWait);
      if (state.position.docs == 0) merge_duplicates(run, parallel);
      expectation.local(batch, state, parallel, BesideTasks{batcher.num_ahead(), read_ahead});
      watch.lap(StageProfile::kLocal);
      profile.count(batch, expectation.work(), state.topics);
      expectation.reduce(batch, state, parallel, stats);
      watch.lap(StageProfile::kReduce);
      ++state.step;
      const double rho = maximization.step(batch, expectation, stats, step_size_factor(),
                                           batcher.docs() == 0, parallel, state);
      const double step_seconds = watch.lap(StageProfile::kGlobal);

      state.position = {batcher.pass(), batcher.docs()};
      state.docs += batch.num_docs();
      state.tokens += batch.tokens;
      run.corpus->trained_on(batch);
      state.seconds += step_seconds;
      const bool pass_ended = state.position.docs == 0;
      reports.after_step(rho, expectation.work(), batch.num_docs(), pass_ended);
      if (pass_ended && options.least_gain > 0.0) {
        if (const auto score = reports.score()) state.held_out_by_pass.push_back(*score);
      }
      if (pass_ended && collapse.after_pass(parallel)) return std::nullopt;
      checkpoints.after_step(batch.num_docs());
      if (callbacks.progress) {
        callbacks.progress({state.docs, state.docs <= total_docs ? total_docs : 0, state.step,
                            static_cast<double>(batch.tokens) / step_seconds, rho, state.seconds,
                            reports.held_out_perplexity()});
      }
      result.signal = callbacks.stop_signal ? callbacks.stop_signal() : 0;
      if (result.signal != 0) break;
      if (time_limit > 0.0 && seconds_since(run.began) >= time_limit) {
        result.end = TrainResult::End::kTimeLimit;
        break;
      }
      watch.lap(StageProfile::kReport);
      watch.restart();
    }
  } catch (const Error& error) {
    // A stream may break, or be stopped while it is waited for, after hours of training: keep what
    // there is.
    const bool of_stream = error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kStopped;
    if (of_stream && state.step > 0) checkpoints.finish();
    result.signal = callbacks.stop_signal && state.step > 0 ? callbacks.stop_signal() : 0;
    if (error.kind() != ErrorKind::kStopped || result.signal == 0) throw;
  }
  const bool complete = state.position.pass >= passes || settled(options, state) != Settled::kNot;
  if (complete) result.end = TrainResult::End::kFinished;
  if (!complete && result.signal != 0) result.end = TrainResult::End::kSignal;
  reports.finish();
  result.step = state.step;
  if (!is_stream(options)) result.passes = state.position.pass;
  result.docs = state.docs;
  result.tokens = state.tokens;
  result.seconds = state.seconds;
  result.held_out_perplexity = reports.held_out_perplexity();
  if (complete && is_stream(options)) warn_of_size(options, state.docs);
  if (run.base) result.update = update_shares(run);
  if (options.profile) profile.log();
  close_run(run, checkpoints, parallel, result);
  return result;
}

}  // namespace

TrainResult run_to_end(TrainingRun& run, const Parallel& parallel,
                       const TrainCallbacks& callbacks) {
  for (;;) {
    if (std::optional<TrainResult> result = run_on(run, parallel, callbacks)) return *result;
    begin_anew(run, parallel);
  }
}

TrainResult train(const TrainOptions& options, const TrainCallbacks& callbacks) {
  const Clock::time_point began = Clock::now();
  const std::vector<std::string> broken = violations(options);
  if (!broken.empty()) {
    std::string all;
    for (const std::string& rule : broken) all.append(all.empty() ? "" : "; ").append(rule);
    throw Error(ErrorKind::kUsage, all);
  }
  use_isa(options.isa);
  const RunDirectory directory(options.output);
  const bool replace = directory.replaces(options.force);
  const bool existed = std::filesystem::exists(directory.path());

  TrainOptions resolved = options;
  resolved.seed_words = recorded_path(options.seed_words);
  if (is_eta_file(options.eta)) resolved.eta = recorded_path(options.eta);
  for (std::string& path : resolved.further_corpora) path = recorded_path(path);
  if (options.text.stop_words != "english") {
    resolved.text.stop_words = recorded_path(options.text.stop_words);
  }
  resolve_text_format(corpus_input(resolved).paths(), resolved.text);
  if (resolved.threads == 0) resolved.threads = available_processors();
  read_alpha(resolved);
  const std::optional<RunSchedule> schedule = schedule_of(resolved);
  resolve_stopping(resolved);
  const Parallel parallel(static_cast<int>(resolved.threads));
  RunRecord record = new_record(resolved);
  record.schedule = schedule;
  std::optional<TrainingRun> run;
  try {
    // A run in an empty directory can be resumed from its first moment on. One that replaces
    // another leaves that alone until its own corpus has turned out to be sound.
    if (!replace) {
      directory.create();
      write_run_record(directory.record(), record);
    }
    auto corpus =
        TrainingCorpus::open(resolved, directory, std::nullopt, true, callbacks.stop_signal);
    resolve_automatic(resolved, corpus->docs());
    resolve_by_tokens(resolved, corpus->docs(), static_cast<double>(corpus->summary().tokens),
                      static_cast<double>(corpus->vocab_size()));
    record.options_json = options_to_json(resolved);
    spdlog::info("{}", plan_of(resolved, corpus->docs()));
    if (schedule) spdlog::info("{}", describe(*schedule));
    require_memory(resolved, *corpus);
    TrainingState state = initial_state(resolved, *corpus, std::nullopt, parallel);
    if (replace) {
      directory.clear();
      directory.create();
    }
    run.emplace(TrainingRun{std::move(resolved), directory, std::move(record), std::move(corpus),
                            std::move(state), began});
    return run_to_end(*run, parallel, callbacks);
  } catch (...) {
    // What fails before the first step leaves nothing behind; later, or stopped by a signal, it can
    // be resumed.
    if (!stopped_by_signal(std::current_exception()) && !(run && run->state.step > 0)) {
      if (run || !replace) {
        directory.clear();
        std::error_code ignored;
        if (existed) std::filesystem::create_directory(directory.path(), ignored);
      }
      directory.remove_caches();
    }
    throw;
  }
}

}  // namespace svi_lda

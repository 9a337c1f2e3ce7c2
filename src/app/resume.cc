#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "app/automatic.h"
#include "app/maximization_step.h"
#include "app/settling.h"
#include "app/step_rule.h"
#include "app/stream_option.h"
#include "app/time_schedule.h"
#include "app/training_run.h"
#include "app/update.h"
#include "app/update_corpus.h"
#include "app/update_run.h"
#include "base/isa.h"
#include "output/run_options.h"
#include "svi_lda/error.h"
#include "svi_lda/train.h"
#include "svi_lda/version.h"

namespace svi_lda {
namespace {

// The newest checkpoint that can be read to its end; those that cannot are named and passed over.
std::optional<Checkpoint> newest_valid(const RunDirectory& directory, std::string& path) {
  for (const std::string& candidate : list_checkpoints(directory.checkpoints())) {
    try {
      Checkpoint checkpoint = read_checkpoint(candidate);
      path = candidate;
      return checkpoint;
    } catch (const Error& error) {
      spdlog::warn("{}", error.what());
    }
  }
  return std::nullopt;
}

bool has_isa(const std::string& name) {
  const std::vector<std::string> available = available_isas();
  return std::find(available.begin(), available.end(), name) != available.end();
}

// The options of the run with what the command line changes. --passes can only be raised: fewer
// than are done cannot be undone.
TrainOptions options_for(const RunDirectory& directory, const RunRecord& record,
                         const ResumeOptions& changes) {
  TrainOptions options = options_from_json(directory.record(), record.options_json);
  options.output = directory.path();
  options.corpus = record.corpus_path;
  options.vocabulary = record.vocabulary_path;
  options.held_out = record.held_out_path;
  if (is_stream(options) && (changes.passes || changes.corpus.value_or("-") != "-")) {
    throw Error(ErrorKind::kUsage,
                "the run reads a stream, each document once: --passes and --corpus FILE are for "
                "runs of several passes",
                "send the stream again: svi-lda resume " + directory.path() + " --corpus - < FILE");
  }
  if (changes.corpus) {
    options.corpus = *changes.corpus == "-" ? "-" : std::filesystem::absolute(*changes.corpus);
    options.further_corpora.clear();
  }
  if (changes.passes) {
    if (*changes.passes < 1) {
      throw Error(ErrorKind::kUsage, "--passes " + std::to_string(*changes.passes) +
                                         ": must be at least the passes already done");
    }
    options.passes = *changes.passes;
    options.least_gain = 0.0;
  }
  if (changes.time_limit) options.time_limit = *changes.time_limit;
  if (changes.threads) options.threads = *changes.threads;
  if (changes.keep_cache) options.keep_cache = *changes.keep_cache;
  if (changes.checkpoint_every) options.checkpoint_every = *changes.checkpoint_every;
  if (options.threads == 0) options.threads = available_processors();
  // A run that forced an instruction set can go on where there is none such.
  if (!has_isa(options.isa)) options.isa = "auto";
  const std::vector<std::string> broken = violations(options);
  if (!broken.empty()) throw Error(ErrorKind::kUsage, broken.front());
  return options;
}

// A checkpoint holds numbers of this run only if they have its shape.
void require_fits(const TrainOptions& options, const TrainingCorpus& corpus,
                  const TrainingState& state, const std::optional<UpdateBase>& base,
                  const std::string& path) {
  const bool average =
      base ? update_averages(options, state.hyper, base->model) : averages(options);
  const bool adaptive =
      step_rule_of(options) == StepRule::kAdaptive && !(base && base->model.step_size == "even");
  if (state.topics.num_topics() == static_cast<std::uint32_t>(options.topics) &&
      state.topics.vocab_size() == corpus.vocab_size() &&
      state.memory.gamma.size() == initial_memory(options, corpus.docs()).gamma.size() &&
      state.average.empty() == !average && state.gradient.empty() == !adaptive) {
    return;
  }
  throw Error(ErrorKind::kInput, path, 0,
              "is of another run: K = " + std::to_string(state.topics.num_topics()) +
                  ", V = " + std::to_string(state.topics.vocab_size()),
              "remove it, and resume again");
}

// An update's part of a checkpoint that is not state: the model that it went on from.
std::optional<UpdateBase> base_of(const RunRecord& record, const Checkpoint& checkpoint,
                                  const TrainingCorpus& corpus, const std::string& path) {
  if (record.update.has_value() != checkpoint.meta.base.has_value()) {
    throw Error(ErrorKind::kInput, path, 0, "is of another run", "remove it, and resume again");
  }
  if (!record.update) return std::nullopt;
  UpdateBase base{*checkpoint.meta.base, checkpoint.word_counts};
  base.model.share = 1.0;
  const std::vector<std::uint64_t>& added = corpus.word_counts();
  for (std::size_t w = 0; w < added.size() && w < base.word_counts.size(); ++w) {
    base.word_counts[w] -= std::min(added[w], base.word_counts[w]);
  }
  return base;
}

// The step sizes of an even update follow from the passes that it was given.
void require_same_passes(const RunRecord& record, const TrainOptions& options) {
  if (!record.update || record.update->base.step_size != "even") return;
  const TrainOptions began = options_from_json({}, record.options_json);
  if (began.passes == options.passes) return;
  throw Error(ErrorKind::kUsage,
              "--passes " + std::to_string(options.passes) +
                  ": the step sizes of an update by --step-size even follow from its " +
                  std::to_string(began.passes) + " passes",
              "start the update again with these passes");
}

// The instruction set to go on with: that of the run where this processor has it.
std::string go_on_with(const std::string& option, const std::string& of_run) {
  use_isa(option == "auto" && has_isa(of_run) ? of_run : option);
  return current_isa();
}

}  // namespace

TrainResult resume(const ResumeOptions& changes, const TrainCallbacks& callbacks) {
  const auto began = std::chrono::steady_clock::now();
  const RunDirectory directory(changes.run);
  if (!std::filesystem::exists(directory.record())) {
    throw Error(ErrorKind::kInput, directory.path(), 0, "is not a run directory (no run.json)",
                "give the directory that svi-lda train wrote to");
  }
  RunRecord record = read_run_record(directory.record());
  if (record.formats.random != kRandomFormat) {
    throw Error(
        ErrorKind::kInput, directory.record(), 0,
        "was written by a version whose seeds give other random numbers (" + record.version + ")",
        "resume it with that version, or train again");
  }
  TrainOptions options = options_for(directory, record, changes);
  require_same_passes(record, options);
  const Parallel parallel(static_cast<int>(options.threads));

  std::string checkpoint_file;
  std::optional<Checkpoint> checkpoint = newest_valid(directory, checkpoint_file);
  const std::uint64_t passes = is_stream(options) ? 1 : static_cast<std::uint64_t>(options.passes);
  if (checkpoint && changes.passes && checkpoint->state.position.pass > passes) {
    throw Error(ErrorKind::kUsage,
                "--passes " + std::to_string(passes) + ": " +
                    std::to_string(checkpoint->state.position.pass) + " passes are done already",
                "give a larger number");
  }
  const std::string isa = go_on_with(options.isa, record.isa);
  if (checkpoint && record.isa != isa) {
    spdlog::warn("the run began with {} kernels and goes on with {}: last digits may differ",
                 record.isa, isa);
  }
  record.threads = options.threads;
  record.isa = isa;
  record.corpus_path = options.corpus;
  record.options_json = options_to_json(options);

  if (checkpoint && is_stream(options)) {
    spdlog::info("resuming from {} (step {}, {} documents)", checkpoint_file,
                 checkpoint->state.step, checkpoint->state.docs);
  } else if (checkpoint) {
    spdlog::info("resuming from {} (step {}, {} passes complete)", checkpoint_file,
                 checkpoint->state.step, checkpoint->state.position.pass);
  } else {
    spdlog::info("{} has no checkpoint: starting over with the options in {}", directory.path(),
                 directory.record());
  }
  if (record.schedule && changes.time_limit) {
    spdlog::info("the schedule stays that of the run's start: {}", describe(*record.schedule));
  }
  const Settled why = checkpoint ? settled(options, checkpoint->state) : Settled::kNot;
  const bool complete =
      why != Settled::kNot || (checkpoint && checkpoint->state.position.pass >= passes);
  if (complete && record.state == "finished" && std::filesystem::exists(directory.model())) {
    if (why == Settled::kCorpusBound) {
      spdlog::info("nothing is left to do: the corpus bound has settled (--bound-tolerance {:g})",
                   options.bound_tolerance);
    } else if (why == Settled::kHeldOut) {
      spdlog::info(
          "nothing is left to do: the held-out perplexity has settled; give --passes to go on");
    } else if (is_stream(options)) {
      spdlog::info(
          "nothing is left to do: the stream of {} documents has come to its end; to go on with "
          "new documents: svi-lda update {} NEWDOCS",
          checkpoint->state.docs, directory.path());
    } else {
      spdlog::info("nothing is left to do: all {} passes are complete; raise --passes to go on",
                   passes);
    }
    TrainResult result;
    result.step = checkpoint->state.step;
    if (!is_stream(options)) result.passes = checkpoint->state.position.pass;
    result.docs = checkpoint->state.docs;
    result.tokens = checkpoint->state.tokens;
    result.seconds = checkpoint->state.seconds;
    result.checkpoint = checkpoint_file;
    result.model = directory.model();
    return result;
  }

  const bool may_read_pipe = changes.corpus.has_value();
  if (record.update && !checkpoint) {
    return start_update_over(std::move(options), directory, std::move(record), may_read_pipe,
                             callbacks, began);
  }
  directory.create();
  std::optional<RunCorpus> expected = record.corpus;
  if (is_stream(options)) {
    expected.reset();
    if (checkpoint) expected = RunCorpus{checkpoint->meta.fingerprint, checkpoint->state.docs};
  }
  auto corpus = record.update ? open_update_corpus(
                                    options, directory,
                                    {checkpoint->state.topics.vocab_size(), checkpoint->vocabulary,
                                     checkpoint->meta.vectorizer_json, true},
                                    checkpoint_file, record.corpus, may_read_pipe,
                                    callbacks.stop_signal, record.update->out_of_vocabulary)
                              : TrainingCorpus::open(options, directory, expected, may_read_pipe,
                                                     callbacks.stop_signal);
  // A run that ended before its corpus was read has not been told yet.
  resolve_automatic(options, corpus->docs());
  resolve_by_tokens(options, corpus->docs(), static_cast<double>(corpus->summary().tokens),
                    static_cast<double>(corpus->vocab_size()));
  record.options_json = options_to_json(options);
  require_memory(options, *corpus);
  std::optional<UpdateBase> base;
  if (checkpoint) {
    base = base_of(record, *checkpoint, *corpus, checkpoint_file);
    require_fits(options, *corpus, checkpoint->state, base, checkpoint_file);
  }
  TrainingState state = checkpoint ? std::move(checkpoint->state)
                                   : initial_state(options, *corpus, record.restart, parallel);
  checkpoint.reset();
  TrainingRun run{std::move(options), directory, std::move(record), std::move(corpus),
                  std::move(state),   began,     std::move(base)};
  return run_to_end(run, parallel, callbacks);
}

}  // namespace svi_lda

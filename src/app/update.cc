#include "svi_lda/update.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <exception>
#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "app/automatic.h"
#include "app/expectation_step.h"
#include "app/inference_method.h"
#include "app/locate_model.h"
#include "app/training_run.h"
#include "app/update.h"
#include "app/update_corpus.h"
#include "app/update_run.h"
#include "base/clock.h"
#include "base/isa.h"
#include "output/run_options.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

// The model of a finished run, `source` becoming its path.
Model load_finished(const std::string& run, std::string& source) {
  const RunDirectory directory(run);
  const bool is_directory = fs::is_directory(run);
  if (is_directory && fs::exists(directory.record())) {
    const RunRecord record = read_run_record(directory.record());
    if (record.state != "finished" || !fs::exists(directory.model())) {
      throw Error(ErrorKind::kInput, directory.path(), 0,
                  "is not finished (" + record.state + "): an update goes on from a finished model",
                  "finish it first: svi-lda resume " + directory.path());
    }
  }
  source = locate_model(run);
  if (summarize_model_file(source).is_checkpoint) {
    throw Error(ErrorKind::kInput, source, 0, "is a checkpoint of a run, not a finished model",
                "finish the run first: svi-lda resume RUN");
  }
  return read_model(source);
}

// What trains with: the model's own options, and what the update changes.
TrainOptions options_of(const UpdateOptions& update, const std::string& source,
                        const ModelMeta& meta) {
  TrainOptions options = options_from_json(source, meta.options_json);
  options.corpus = update.corpus;
  options.further_corpora = update.further_corpora;
  for (std::string& path : options.further_corpora) path = recorded_path(path);
  options.output = update.output;
  options.vocabulary = update.vocabulary;
  options.corpus_format = update.corpus_format;
  options.documents_are = update.documents_are;
  options.text = update.text;
  options.corpus_size = 0;
  options.keep_cache = update.keep_cache;
  options.force = update.force;
  if (update.inference != "auto") options.inference = update.inference;
  if (options.leave_out == "on") options.leave_out = "auto";  // as the new documents' tokens allow
  options.passes = update.passes;
  options.least_gain = 0.0;
  if (update.seed) options.seed = *update.seed;
  options.held_out = update.held_out;
  options.held_out_fraction = 0.0;
  options.report_every = update.report_every;
  options.checkpoint_every = update.checkpoint_every;
  options.keep_checkpoints = update.keep_checkpoints;
  options.time_limit = update.time_limit;
  options.threads = update.threads == 0 ? available_processors() : update.threads;
  options.memory_limit = update.memory_limit;
  options.isa = update.isa;
  return options;
}

void require_steps(const TrainOptions& options, const std::string& source) {
  if (!is_coordinate_ascent(method_of(options))) return;
  throw Error(ErrorKind::kUsage, source, 0,
              "was trained by --inference " + options.inference +
                  ", which remembers each document and cannot go on with others",
              "give --inference vb, which goes on from its topics in steps");
}

std::string describe(const TrainOptions& options, const ModelBase& base, double new_docs) {
  const char* what = base.step_size == "even" ? "each document, old or new, weighs the same"
                     : base.step_size == "continue"
                         ? "t goes on from the model's steps"
                         : "t begins at 1, as in a new run: old topics fade";
  const std::uint64_t sorting = passes_by_cvb0(options, new_docs);
  const auto passes = static_cast<std::uint64_t>(options.passes);
  const std::string method = options.inference != "auto" ? options.inference
                             : passes <= sorting         ? "cvb0"
                                                         : "cvb0, then gibbs";
  return fmt::format("step size {}: {}; {}, {} pass{}, minibatches of {}", base.step_size, what,
                     method, options.passes, options.passes == 1 ? "" : "es", options.batch_size);
}

// From the model to the end of the run. `before_writing` is called once the documents are known to
// be sound, `run` set once there is something to go on from.
TrainResult run_update(TrainOptions options, const RunDirectory& directory, RunRecord record,
                       Model model, bool may_read_pipe, const TrainCallbacks& callbacks,
                       Clock::time_point began, const std::function<void()>& before_writing,
                       std::optional<TrainingRun>& run) {
  const Parallel parallel(static_cast<int>(options.threads));
  const std::string& source = record.update->model_path;
  const ModelBase base = record.update->base;
  UpdateBase old{base, std::move(model.word_counts)};
  spdlog::info("{}: {} documents, {} tokens, {} topics, {} words", source, base.docs, base.tokens,
               model.topics.num_topics(), model.topics.vocab_size());
  auto corpus = open_update_corpus(
      options, directory,
      {model.topics.vocab_size(), model.vocabulary, model.meta.vectorizer_json, true}, source,
      record.corpus, may_read_pipe, callbacks.stop_signal, record.update->out_of_vocabulary);
  resolve_by_tokens(options, corpus->docs(), static_cast<double>(corpus->summary().tokens),
                    static_cast<double>(corpus->vocab_size()));
  record.options_json = options_to_json(options);
  record.corpus = to_record(corpus->summary());
  spdlog::info("{}", describe(options, base, corpus->docs()));
  require_memory(options, *corpus);
  TrainingState state = state_of_update(options, base, std::move(model), corpus->docs(), parallel);
  before_writing();
  write_run_record(directory.record(), record);
  run.emplace(TrainingRun{std::move(options), directory, std::move(record), std::move(corpus),
                          std::move(state), began, std::move(old)});
  // From here on the model is not needed any more.
  write_checkpoint(checkpoint_path(directory.checkpoints(), run->state.step), run->state,
                   run->corpus->vocabulary(), run->word_counts(), run->meta());
  return run_to_end(*run, parallel, callbacks);
}

bool same_folder(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return fs::equivalent(a, b, ignored);
}

}  // namespace

std::vector<std::string> violations(const UpdateOptions& options) {
  UpdateOptions rest = options;
  if (rest.output.empty()) rest.output = "update";
  if (rest.corpus.empty()) rest.corpus = "missing";  // named below
  if (rest.inference == "batch" || rest.inference == "incremental") rest.inference = "auto";
  ModelMeta meta;
  meta.options_json = "{}";
  TrainOptions train = options_of(rest, {}, meta);
  train.topics = 1;
  std::vector<std::string> found = violations(train);
  if (options.run.empty()) found.push_back("RUN: must be given (a finished run, or its model.npz)");
  if (options.corpus.empty()) {
    found.push_back("NEWDOCS: must be given (a path, or - for standard input)");
  }
  if (options.run == "-") found.push_back("RUN: must be a run directory or a model.npz");
  if (options.passes == 0) found.push_back("--passes 0: must lie in [1, 1000000000]");
  if (!update_step_size_from_name(options.step_size)) {
    found.push_back("--step-size '" + options.step_size + "': must be even, continue or restart");
  }
  if (options.inference == "batch" || options.inference == "incremental") {
    found.push_back("--inference '" + options.inference +
                    "': remembers each document, of which the old ones are not here; must be auto, "
                    "vb, em, cvb0 or gibbs");
  }
  return found;
}

TrainResult start_update_over(TrainOptions options, const RunDirectory& directory, RunRecord record,
                              bool may_read_pipe, const TrainCallbacks& callbacks,
                              Clock::time_point began) {
  const std::string& path = record.update->model_path;
  const std::string hint =
      "put it back, or start the update again: svi-lda update RUN NEWDOCS -o " + directory.path();
  if (!fs::exists(path)) {
    throw Error(ErrorKind::kInput, path, 0,
                "is gone: the update began with it, and stopped before its first checkpoint", hint);
  }
  Model model = read_model(path);
  if (model.meta.fingerprint != record.update->base.fingerprint ||
      model.meta.step != record.update->base.step) {
    throw Error(ErrorKind::kInput, path, 0, "is not the model that the update began with", hint);
  }
  directory.create();
  std::optional<TrainingRun> run;
  return run_update(
      std::move(options), directory, std::move(record), std::move(model), may_read_pipe, callbacks,
      began, [] {}, run);
}

TrainResult update(const UpdateOptions& asked, const TrainCallbacks& callbacks) {
  const Clock::time_point began = Clock::now();
  UpdateOptions options = asked;
  if (options.output.empty() && !options.run.empty()) options.output = update_output(options.run);
  if (const auto broken = violations(options); !broken.empty()) {
    std::string all;
    for (const std::string& rule : broken) all.append(all.empty() ? "" : "; ").append(rule);
    throw Error(ErrorKind::kUsage, all);
  }
  use_isa(options.isa);
  std::string source;
  Model model = load_finished(options.run, source);
  TrainOptions resolved = options_of(options, source, model.meta);
  require_steps(resolved, source);
  const RunDirectory directory(options.output);
  if (same_folder(directory.path(), fs::absolute(source).parent_path().string())) {
    throw Error(ErrorKind::kUsage, directory.path(), 0,
                "holds the model that the update begins with, which is never changed",
                "give --output another name, or leave it out");
  }
  const bool replace = directory.replaces(options.force);
  const bool existed = fs::exists(directory.path());
  RunRecord record = new_record(resolved);
  const ModelMeta& meta = model.meta;
  record.update =
      RunUpdate{fs::absolute(source).string(),
                {meta.docs, meta.tokens, meta.fingerprint, meta.step, options.step_size, 1.0},
                0};
  std::optional<TrainingRun> run;
  const auto clean_up = [&] {
    if (run && run->state.step > run->base->model.step) return;
    if (run || !replace) {
      directory.clear();
      std::error_code ignored;
      if (existed) fs::create_directory(directory.path(), ignored);
    }
    directory.remove_caches();
  };
  try {
    if (!replace) {
      directory.create();
      write_run_record(directory.record(), record);
    }
    spdlog::info("the result goes to {}", directory.path());
    return run_update(
        std::move(resolved), directory, std::move(record), std::move(model), true, callbacks, began,
        [&] {
          if (!replace) return;
          directory.clear();
          directory.create();
        },
        run);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kStopped) clean_up();
    throw;
  } catch (...) {
    clean_up();
    throw;
  }
}

}  // namespace svi_lda

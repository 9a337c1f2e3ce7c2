#include "svi_lda/sweep.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/corpus_ingest.h"
#include "app/run_directory.h"
#include "base/file.h"
#include "output/run_options.h"
#include "output/run_record.h"
#include "output/svg_sweep.h"
#include "output/sweep_file.h"
#include "svi_lda/error.h"
#include "svi_lda/evaluate.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

// What is held out of a corpus where the caller names no documents to evaluate on.
constexpr double kTestFraction = 0.1;

std::string absolute(const std::string& path) {
  return path.empty() ? path : fs::absolute(path).string();
}

// Where a sweep leaves its files.
class SweepFolder {
 public:
  explicit SweepFolder(const std::string& path) : path_(RunDirectory(path).path()) {}
  const std::string& path() const { return path_; }
  std::string record() const { return path_ + "/sweep.json"; }
  std::string table() const { return path_ + "/sweep.tsv"; }
  std::string picture() const { return path_ + "/sweep.svg"; }
  // Its caches hold the corpus without the documents held out of all runs, and these.
  RunDirectory corpus() const { return RunDirectory(path_ + "/corpus"); }
  RunDirectory run(const std::string& name) const { return RunDirectory(path_ + "/" + name); }

 private:
  std::string path_;
};

bool splits_corpus(const SweepOptions& options) {
  return options.test.empty() && options.train.held_out.empty();
}

// The options that tell sweeps apart: not those of one run, nor what changes no figure.
std::string identity_of(const SweepOptions& options) {
  const TrainOptions defaults;
  TrainOptions train = options.train;
  train.topics = defaults.topics;
  train.seed = defaults.seed;
  train.output = defaults.output;
  train.corpus = absolute(train.corpus);
  for (std::string& path : train.further_corpora) path = absolute(path);
  train.vocabulary = absolute(train.vocabulary);
  train.held_out = absolute(train.held_out);
  train.seed_words = absolute(train.seed_words);
  train.keep_cache = defaults.keep_cache;
  train.force = defaults.force;
  train.report_every = defaults.report_every;
  train.checkpoint_every = defaults.checkpoint_every;
  train.keep_checkpoints = defaults.keep_checkpoints;
  train.threads = defaults.threads;
  train.memory_limit = defaults.memory_limit;
  train.isa = defaults.isa;
  train.profile = defaults.profile;
  auto json = nlohmann::json::parse(options_to_json(train));
  for (const char* name : {"topics", "seed", "output"}) json.erase(name);
  json["test"] = absolute(options.test);
  json["reference"] = absolute(options.reference);
  json["top"] = options.top;
  return json.dump();
}

// What the folder holds of this sweep.
SweepRecord open_record(const SweepFolder& folder, const SweepOptions& options) {
  SweepRecord record;
  record.options_json = identity_of(options);
  if (fs::exists(folder.record())) {
    SweepRecord found = read_sweep_record(folder.record());
    const std::string differing = differing_options(folder.record(), record, found);
    if (!differing.empty()) {
      throw Error(ErrorKind::kInput, folder.path(), 0,
                  "holds a sweep with other options: " + differing,
                  "give the same, or another folder");
    }
    return found;
  }
  if (RunDirectory(folder.path()).has_content()) {
    throw Error(ErrorKind::kIo, folder.path(), 0, "is not empty and holds no sweep",
                "choose another --output");
  }
  std::error_code error;
  fs::create_directories(folder.path(), error);
  if (error) throw io_error(folder.path(), "cannot be created", error.value());
  write_sweep_record(folder.record(), record);
  return record;
}

const SweepRun* find_run(const SweepRecord& record, std::int64_t topics, std::uint64_t seed) {
  for (const SweepRun& run : record.runs) {
    if (run.topics == topics && run.seed == seed) return &run;
  }
  return nullptr;
}

// One run: trained, taken up where it was stopped, or only looked at where it is finished.
TrainResult make_run(const SweepOptions& options, const SweepFolder& folder, const SweepRun& run,
                     const TrainCallbacks& callbacks) {
  const RunDirectory directory = folder.run(run.run);
  if (fs::exists(directory.record())) {
    const RunRecord record = read_run_record(directory.record());
    if (record.state == "finished" && fs::exists(directory.model())) return {};
    ResumeOptions resumed;
    resumed.run = directory.path();
    if (options.train.threads > 0) resumed.threads = options.train.threads;
    return resume(resumed, callbacks);
  }
  TrainOptions train_options = options.train;
  train_options.topics = run.topics;
  train_options.seed = run.seed;
  train_options.output = directory.path();
  if (splits_corpus(options)) {
    train_options.corpus = folder.corpus().cache();
    train_options.further_corpora.clear();
    train_options.corpus_format = "auto";
    train_options.documents_are = "rows";
  }
  return train(train_options, callbacks);
}

void score_run(const SweepOptions& options, const SweepFolder& folder, SweepRun& run) {
  const RunDirectory directory = folder.run(run.run);
  EvaluateOptions evaluated;
  evaluated.run = directory.path();
  evaluated.corpus = !options.test.empty()    ? options.test
                     : splits_corpus(options) ? folder.corpus().held_out_cache()
                                              : options.train.held_out;
  evaluated.threads = options.train.threads;
  evaluated.coherence = true;
  evaluated.quality.reference =
      options.reference.empty() ? options.train.corpus : options.reference;
  evaluated.quality.top = options.top;
  const EvaluateResult result = evaluate(evaluated);
  run.completion = result.figure("completion").perplexity;
  run.completion_error = result.figure("completion").standard_error;
  run.bound = result.figure("bound").perplexity;
  run.unigram = result.figure("unigram").perplexity;
  run.c_v = result.topic_quality->c_v;
  run.npmi = result.topic_quality->npmi;
  run.umass = result.topic_quality->umass;
  run.exclusivity = result.topic_quality->exclusivity;
  run.diversity = result.topic_quality->diversity;
  run.duplicates = result.topic_quality->duplicates;
  run.dead = result.topic_quality->dead;
  const RunRecord record = read_run_record(directory.record());
  if (record.end) {
    run.passes = record.end->passes.value_or(0);
    run.seconds = record.end->seconds;
  }
}

void add_run(const SweepFolder& folder, const std::string& evaluated_on, SweepRun run,
             SweepRecord& record) {
  const auto before = [](const SweepRun& a, const SweepRun& b) {
    return std::pair{a.topics, a.seed} < std::pair{b.topics, b.seed};
  };
  record.runs.insert(std::upper_bound(record.runs.begin(), record.runs.end(), run, before), run);
  write_sweep_record(folder.record(), record);
  write_file_atomically(folder.table(), sweep_tsv(record.runs));
  write_file_atomically(folder.picture(), sweep_svg(record.runs, evaluated_on));
}

// The corpus once for all runs, without the documents that all are evaluated on.
void split_corpus(const SweepOptions& options, const SweepFolder& folder,
                  const TrainCallbacks& callbacks) {
  TrainOptions split = options.train;
  split.held_out_fraction = kTestFraction;
  split.seed = TrainOptions{}.seed;
  Vocabulary vocabulary =
      split.vocabulary.empty() ? Vocabulary() : Vocabulary::read(split.vocabulary);
  ingest_corpus(split, vocabulary, folder.corpus(), callbacks.stop_signal);
}

}  // namespace

std::vector<std::string> violations(const SweepOptions& options) {
  std::vector<std::string> found;
  if (options.topics.empty()) found.push_back("--topics: must be numbers with commas between them");
  if (options.seeds.empty()) found.push_back("--seeds: must be numbers with commas between them");
  if (options.train.corpus == "-" || options.train.corpus_size > 0) {
    found.push_back("CORPUS: must be a file, which each run reads");
  }
  if (options.top < 2 || options.top > 1000) found.push_back("--top: must be in [2, 1000]");
  for (const std::int64_t topics : options.topics) {
    TrainOptions train = options.train;
    train.topics = topics;
    train.output = options.folder;
    const std::vector<std::string> of_run = violations(train);
    found.insert(found.end(), of_run.begin(), of_run.end());
    if (!of_run.empty()) break;
  }
  return found;
}

SweepResult sweep(const SweepOptions& options, const TrainCallbacks& callbacks) {
  const std::vector<std::string> broken = violations(options);
  if (!broken.empty()) throw Error(ErrorKind::kUsage, broken.front());
  const SweepFolder folder(options.folder);
  SweepRecord record = open_record(folder, options);
  SweepResult result;
  result.table = folder.table();
  result.picture = folder.picture();
  result.evaluated_on = !options.test.empty() ? options.test
                        : splits_corpus(options)
                            ? "a tenth of " + options.train.corpus + ", which no run has seen"
                            : options.train.held_out;
  std::vector<SweepRun> missing;
  for (const std::int64_t topics : options.topics) {
    for (const std::uint64_t seed : options.seeds) {
      SweepRun run;
      run.topics = topics;
      run.seed = seed;
      run.run = fmt::format("k{}-seed{}", topics, seed);
      const bool listed = std::any_of(missing.begin(), missing.end(),
                                      [&](const SweepRun& m) { return m.run == run.run; });
      if (!listed && find_run(record, topics, seed) == nullptr) missing.push_back(std::move(run));
    }
  }
  if (!missing.empty() && splits_corpus(options)) split_corpus(options, folder, callbacks);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    SweepRun& run = missing[i];
    spdlog::info("run {} of {}: K = {}, seed {}", i + 1, missing.size(), run.topics, run.seed);
    const TrainResult trained = make_run(options, folder, run, callbacks);
    if (trained.end == TrainResult::End::kSignal) {
      result.signal = trained.signal;
      break;
    }
    score_run(options, folder, run);
    add_run(folder, result.evaluated_on, std::move(run), record);
    ++result.trained;
  }
  if (result.signal == 0 && !options.train.keep_cache) folder.corpus().remove_caches();
  result.runs = std::move(record.runs);
  return result;
}

}  // namespace svi_lda

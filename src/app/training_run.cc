#include "app/training_run.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <utility>

#include "app/alpha_option.h"
#include "app/anchor_start.h"
#include "app/eta_option.h"
#include "app/inference_method.h"
#include "app/maximization_step.h"
#include "app/quantities.h"
#include "app/start.h"
#include "app/step_rule.h"
#include "app/stream_option.h"
#include "base/isa.h"
#include "base/random.h"
#include "corpus/cache.h"
#include "global/adaptive_step.h"
#include "output/run_options.h"
#include "svi_lda/error.h"
#include "svi_lda/version.h"

namespace svi_lda {
namespace {

std::uint64_t machine_memory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page = sysconf(_SC_PAGE_SIZE);
  return pages > 0 && page > 0
             ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page)
             : ~std::uint64_t{0};
}

// What a run of this shape will hold: lambda, the part of the cache that stays in memory, and for a
// minibatch its entries (both orders), the rows of its words, gamma and etheta of its documents; a
// program's ground cost on top.
double estimated_bytes(const TrainOptions& options, const CorpusSummary& summary,
                       std::uint32_t vocab_size) {
  constexpr double kGround = 24e6;
  constexpr double kBytesPerEntry = 48.0;
  constexpr double kCachedEntry = 3.0;
  constexpr double kLongDocument = 10.0;  // times the mean
  constexpr double kMostPhi = 16e6;
  constexpr double kBufferedDocument = 60.0;
  constexpr double kBufferedEntry = 8.0;
  constexpr double kPerWord = 8.0 + 64.0;  // word counts; a word of the vocabulary
  const auto topics = static_cast<std::uint32_t>(options.topics);
  const double row = static_cast<double>(Topics::bytes(topics, 1));
  const double docs = summary.docs > 0 ? std::min(static_cast<double>(options.batch_size),
                                                  static_cast<double>(summary.docs))
                                       : static_cast<double>(options.batch_size);
  const double mean_entries =
      summary.docs > 0 ? static_cast<double>(summary.entries) / static_cast<double>(summary.docs)
                       : 100.0;
  const double mean_tokens =
      summary.docs > 0 ? static_cast<double>(summary.tokens) / static_cast<double>(summary.docs)
                       : 2.0 * mean_entries;
  const InferenceMethod method = method_of(options);
  // The samples that are kept of each token.
  const bool samples = is_sampled(method);
  const double bytes_per_token =
      samples ? 4.0 * static_cast<double>(options.sweeps - options.burn_in) : 0.0;
  const double remembered_samples = samples && options.leave_out == "on"
                                        ? sample_bytes(options, static_cast<double>(summary.docs),
                                                       static_cast<double>(summary.tokens))
                                        : 0.0;
  // phi of the document that a thread is at, a long one.
  const bool by_cvb0 = method == InferenceMethod::kCvb0 || method == InferenceMethod::kAuto;
  const double phi = by_cvb0 ? static_cast<double>(options.threads) *
                                   std::min(kMostPhi, kLongDocument * mean_entries * row)
                             : 0.0;
  // lambda, the mean gradient, the mean of lambda.
  const double matrices = 1.0 + (step_rule_of(options) == StepRule::kAdaptive ? 1.0 : 0.0) +
                          (averages(options) ? 1.0 : 0.0);
  const double start = start_of(options, static_cast<double>(summary.docs)) == Start::kAnchors
                           ? anchor_start_bytes(topics, vocab_size)
                           : 0.0;
  const double entries = docs * mean_entries;
  const double words = std::min(entries, static_cast<double>(vocab_size));
  const double cache = std::min(static_cast<double>(CacheReader::kResident),
                                static_cast<double>(summary.entries) * kCachedEntry);
  const double buffer = static_cast<double>(shuffle_buffer_docs(options)) *
                        (kBufferedDocument + mean_entries * kBufferedEntry);
  return kGround + cache + buffer + static_cast<double>(vocab_size) * (matrices * row + kPerWord) +
         entries * kBytesPerEntry + docs * mean_tokens * bytes_per_token + words * row +
         2.0 * docs * row + phi + remembered_samples + start +
         remembered_bytes(options, static_cast<double>(summary.docs), words, vocab_size);
}

}  // namespace

double TrainingRun::docs() const {
  return corpus->docs() + (base ? static_cast<double>(base->model.docs) : 0.0);
}

std::vector<std::uint64_t> TrainingRun::word_counts() const {
  std::vector<std::uint64_t> counts = corpus->word_counts();
  if (base) {
    for (std::size_t w = 0; w < counts.size(); ++w) counts[w] += base->word_counts[w];
  }
  return counts;
}

std::string recorded_path(const std::string& path) {
  return path.empty() || path == "-" ? path : std::filesystem::absolute(path).string();
}

RunRecord new_record(const TrainOptions& options) {
  RunRecord record;
  record.version = kVersion;
  record.isa = current_isa();
  record.threads = options.threads;
  record.corpus_path = recorded_path(options.corpus);
  record.vocabulary_path = recorded_path(options.vocabulary);
  record.held_out_path = recorded_path(options.held_out);
  record.options_json = options_to_json(options);
  return record;
}

RunCorpus to_record(const CorpusSummary& summary) {
  return {summary.fingerprint, summary.docs,   summary.empty_docs,
          summary.entries,     summary.tokens, summary.vocab_size};
}

ModelMeta TrainingRun::meta() const {
  const CorpusSummary summary = corpus->summary();
  ModelMeta meta;
  meta.docs = static_cast<std::uint64_t>(docs());
  meta.tokens = summary.tokens;
  meta.fingerprint = summary.fingerprint;
  if (base) {
    meta.tokens += base->model.tokens;
    // Of all documents, one corpus after the other.
    meta.fingerprint = mix64(mix64(base->model.fingerprint) ^ summary.fingerprint);
    meta.base = base->model;
    meta.base->share = state.base_share;
  }
  meta.step = state.step;
  if (is_stream(options)) {
    meta.passes.reset();
    meta.docs_seen = state.docs;
  } else {
    meta.passes = state.position.pass;
  }
  TrainOptions shaping = options;
  // No paths in a model, which holds the values.
  if (is_eta_file(options.eta)) shaping.eta = "file";
  meta.options_json = model_options_json(shaping);
  meta.version = kVersion;
  meta.vectorizer_json = corpus->vectorizer();
  return meta;
}

void require_memory(const TrainOptions& options, const TrainingCorpus& corpus) {
  const std::uint64_t given = parse_bytes(options.memory_limit).value_or(0);
  const std::uint64_t limit = given > 0 ? given : machine_memory();
  const double needed = estimated_bytes(options, corpus.summary(), corpus.vocab_size());
  if (needed <= static_cast<double>(limit)) return;
  const auto shown = static_cast<std::uint64_t>(std::min(needed, 9e18));
  const InferenceMethod method = method_of(options);
  // What coordinate ascent adds to it.
  const std::string remembered = is_coordinate_ascent(method)
                                     ? ", with what --inference " + options.inference +
                                           " remembers of " +
                                           std::to_string(corpus.summary().docs) + " documents"
                                     : std::string();
  const std::string buffered = shuffle_buffer_docs(options) > 1
                                   ? ", shuffle buffer of " + options.shuffle_buffer + " documents"
                                   : std::string();
  throw Error(
      ErrorKind::kMemory,
      "training would take about " + format_bytes(shown) + " (V = " +
          std::to_string(corpus.vocab_size()) + ", K = " + std::to_string(options.topics) +
          ", batch of " + std::to_string(options.batch_size) + buffered + remembered +
          "), over the " + (given > 0 ? "--memory-limit of " : "machine's ") + format_bytes(limit),
      is_coordinate_ascent(method) ? "lower --topics, raise --memory-limit, or take --inference vb"
      : buffered.empty()
          ? "lower --topics or --batch-size, or raise --memory-limit"
          : "lower --topics, --batch-size or --shuffle-buffer, or raise --memory-limit");
}

TrainingState initial_state(const TrainOptions& options, const TrainingCorpus& corpus,
                            const std::optional<RunRestart>& restart, const Parallel& parallel) {
  const auto topics = static_cast<std::uint32_t>(options.topics);
  StartEta eta =
      start_eta(options, static_cast<double>(corpus.summary().tokens), corpus.vocab_size());
  TrainingState state{Topics(topics, corpus.vocab_size(), {eta.each, eta.words}),
                      Hyperparameters{start_alpha(options), eta.each, {}, std::move(eta.words)},
                      0,
                      {},
                      0,
                      0,
                      0.0,
                      initial_memory(options, corpus.docs()),
                      initial_samples(options, corpus.docs())};
  if (step_rule_of(options) == StepRule::kAdaptive) state.gradient = initial_gradient(state.topics);
  state.average = initial_average(options, state.topics);
  start_topics(options, restart ? Start::kDocuments : start_of(options, corpus.docs()),
               restart ? restart->seed : options.seed, corpus, parallel, state);
  return state;
}

}  // namespace svi_lda

#include "app/run_reports.h"

#include <spdlog/spdlog.h>

#include <string>

#include "app/automatic.h"
#include "app/maximization_step.h"
#include "app/stream_option.h"
#include "base/rate_text.h"

namespace svi_lda {
namespace {

constexpr std::chrono::seconds kBetweenLogLines{3};

// Below that, the noise of a score is larger than what it is asked for.
constexpr std::uint64_t kFewestTokens = 1000;

}  // namespace

RunReports::RunReports(const TrainingRun& run, const Parallel& parallel)
    : run_(run),
      parallel_(parallel),
      interval_(report_interval(run.options)),
      file_(run.directory.metrics(), run.state.step),
      reported_step_(run.state.step),
      tokens_before_(run.state.tokens),
      seconds_before_(run.state.seconds),
      last_(std::chrono::steady_clock::now()) {
  if (const CacheReader* documents = run.corpus->held_out()) {
    held_out_.emplace(
        *documents, has_automatic_slice(run.options) ? kMostScoredDocs : documents->summary().docs);
  };
}

bool RunReports::due(std::uint64_t batch_docs, bool pass_ended) const {
  switch (interval_.unit) {
    case Interval::Unit::kDocs:
      return reaches_multiple(interval_, run_.state.docs, batch_docs);
    case Interval::Unit::kPass:
      return pass_ended;
    case Interval::Unit::kSteps:
      return run_.state.step % static_cast<std::uint64_t>(interval_.value) == 0;
    case Interval::Unit::kSeconds: {
      const std::chrono::duration<double> since = std::chrono::steady_clock::now() - last_;
      return since.count() >= interval_.value;
    }
    case Interval::Unit::kNever:
      break;
  }
  return false;
}

void RunReports::after_step(double rho, const LocalWork& work, std::uint64_t batch_docs,
                            bool pass_ended) {
  rho_ = rho;
  docs_ += batch_docs;
  inner_iterations_ += work.iterations;
  slow_entries_ += work.slow_entries;
  if (due(batch_docs, pass_ended)) report();
}

const RatioEstimate& RunReports::estimate() {
  const TrainingState& state = run_.state;
  if (!estimate_ || estimated_step_ != state.step) {
    std::optional<Topics> copy;
    estimate_ =
        held_out_->completion(resulting_topics(state, parallel_, copy), state.hyper, parallel_);
    estimated_step_ = state.step;
  }
  return *estimate_;
}

std::optional<double> RunReports::score() {
  if (!held_out_ || estimate().tokens() < kFewestTokens) return std::nullopt;
  return estimate().perplexity();
}

void RunReports::finish() {
  if (reported_step_ != run_.state.step) report();
}

void RunReports::report() {
  const TrainingState& state = run_.state;
  MetricsRecord record;
  record.step = state.step;
  const bool stream = is_stream(run_.options);
  record.pass = stream ? std::nullopt : std::optional(state.position.pass);
  record.docs = state.docs;
  record.tokens = state.tokens;
  record.rho = rho_;
  record.seconds = state.seconds;
  const double seconds = state.seconds - seconds_before_;
  if (seconds > 0.0) {
    record.tokens_per_second = static_cast<double>(state.tokens - tokens_before_) / seconds;
  }
  if (docs_ > 0) {
    record.inner_iterations = static_cast<double>(inner_iterations_) / static_cast<double>(docs_);
  }
  record.slow_path_tokens = slow_entries_;
  std::string figure;
  if (!state.memory.bounds.empty()) {
    const auto tokens = static_cast<double>(run_.corpus->summary().tokens);
    record.corpus_bound_per_token = state.memory.bounds.back() / tokens;
    figure = fmt::format(", corpus bound {:.6f} nats/token", *record.corpus_bound_per_token);
  }
  if (held_out_) {
    const RatioEstimate& estimate = this->estimate();
    if (estimate.tokens() > 0) {
      const std::uint64_t counted = run_.corpus->summary().tokens;
      if (!unigram_ || unigram_tokens_ != counted) {
        unigram_ = held_out_->unigram(run_.word_counts()).perplexity();
        unigram_tokens_ = counted;
      }
      held_out_perplexity_ = estimate.perplexity();
      record.held_out_perplexity = held_out_perplexity_;
      record.held_out_estimator = kCompletionName;
      record.held_out_tokens = estimate.tokens();
      if (estimate.docs() > 1) record.held_out_standard_error = estimate.standard_error();
      record.unigram_perplexity = unigram_;
      figure += fmt::format(", held-out perplexity (completion) {:.1f}, unigram {:.1f}",
                            estimate.perplexity(), *unigram_);
    }
  }
  file_.append(record);
  // The file has every record; the log, at most one line every few seconds.
  const auto now = std::chrono::steady_clock::now();
  const bool quiet = now - logged_ < kBetweenLogLines;
  if (!quiet) logged_ = now;
  spdlog::log(quiet ? spdlog::level::debug : spdlog::level::info,
              "step {}, {}{} documents, {} tokens/s, rho {:.4g}{}", record.step,
              stream ? std::string() : fmt::format("pass {}, ", state.position.pass), record.docs,
              rate_text(record.tokens_per_second), record.rho, figure);
  reported_step_ = state.step;
  tokens_before_ = state.tokens;
  seconds_before_ = state.seconds;
  docs_ = 0;
  inner_iterations_ = 0;
  slow_entries_ = 0;
  last_ = now;
}

}  // namespace svi_lda

#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "app/held_out.h"
#include "app/quantities.h"
#include "app/training_run.h"
#include "output/metrics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// metrics.jsonl and the log of a run: one record every --report-every.
class RunReports {
 public:
  RunReports(const TrainingRun& run, const Parallel& parallel);

  // Counts a step; writes a record if one is due. `pass_ended`: the step was the last of a pass.
  void after_step(double rho, const LocalWork& work, std::uint64_t batch_docs, bool pass_ended);
  // Writes a record for the last step unless it has one.
  void finish();

  // Held-out perplexity after the present step, for deciding when to stop; nothing where there are
  // too few held-out tokens for that.
  std::optional<double> score();

  std::optional<double> held_out_perplexity() const { return held_out_perplexity_; }

 private:
  bool due(std::uint64_t batch_docs, bool pass_ended) const;
  const RatioEstimate& estimate();
  void report();

  const TrainingRun& run_;
  const Parallel& parallel_;
  Interval interval_;
  MetricsFile file_;
  std::optional<HeldOut> held_out_;
  std::optional<double> held_out_perplexity_;
  std::optional<double> unigram_;  // by the training tokens counted by then
  std::uint64_t unigram_tokens_ = 0;
  std::optional<RatioEstimate> estimate_;  // of step estimated_step_
  std::uint64_t estimated_step_ = 0;
  double rho_ = 0.0;
  // Since the last record:
  std::uint64_t reported_step_;
  std::uint64_t tokens_before_;
  double seconds_before_;
  std::uint64_t docs_ = 0;
  std::uint64_t inner_iterations_ = 0;
  std::uint64_t slow_entries_ = 0;
  std::chrono::steady_clock::time_point last_;
  std::chrono::steady_clock::time_point logged_{};
};

}  // namespace svi_lda

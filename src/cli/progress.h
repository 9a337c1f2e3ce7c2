#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "cli/terminal_sink.h"
#include "svi_lda/train.h"

namespace svi_lda::cli {

// One line of at most `width` characters: share done, documents, tokens/s, rho, held-out
// perplexity, time left; the last ones are left out where the width does not hold them.
// `seconds_left` < 0: unknown.
std::string progress_line(const TrainProgress& progress, double seconds_left, std::size_t width);

// "42s", "3m07s", "2h05m".
std::string duration_text(double seconds);

// Shows how a run goes on: on a terminal as a status line, redrawn at most 5 times a second,
// otherwise as a log message at most every 5 seconds. Both are silent below log level info.
class ProgressReporter {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressReporter(TerminalSink& terminal);
  ~ProgressReporter();  // removes the status line
  ProgressReporter(const ProgressReporter&) = delete;
  ProgressReporter& operator=(const ProgressReporter&) = delete;

  void update(const TrainProgress& progress, Clock::time_point now = Clock::now());

 private:
  double seconds_left(const TrainProgress& progress, Clock::time_point now) const;

  TerminalSink& terminal_;
  std::optional<TrainProgress> first_;
  Clock::time_point first_time_;
  Clock::time_point shown_time_;
};

}  // namespace svi_lda::cli

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/terminal_sink.h"
#include "svi_lda/train.h"

namespace svi_lda::cli {

// One line of at most `width` characters: share done, documents, tokens/s, rho, held-out
// perplexity, time left; the last ones are left out where the width does not hold them.
// `seconds_left` < 0: unknown.
std::string progress_line(const TrainProgress& progress, double seconds_left, std::size_t width);

// What a command that does not train has done.
struct WorkDone {
  std::string doing;             // "reading"
  std::uint64_t docs = 0;        // documents
  std::uint64_t total_docs = 0;  // 0 = unknown
  double seconds = 0.0;
};

// One line of at most `width` characters: what is being done, share, documents, documents/s, time
// left; the last ones are left out where they are unknown or the width does not hold them.
std::string work_line(const WorkDone& done, std::size_t width);

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

// Shows on a terminal how far a command other than training has come, redrawn at most 5 times a
// second; silent elsewhere, below log level info, and where results go to the same terminal.
class WorkReporter {
 public:
  using Clock = std::chrono::steady_clock;

  // `output`: where results are written meanwhile, "-" for standard output; empty = nowhere.
  explicit WorkReporter(TerminalSink& terminal, const std::string& output = {},
                        Clock::time_point now = Clock::now());
  ~WorkReporter();  // removes the status line
  WorkReporter(const WorkReporter&) = delete;
  WorkReporter& operator=(const WorkReporter&) = delete;

  // Cheap. A change of `doing` starts the clock of the rate anew.
  void update(std::string_view doing, std::uint64_t docs, std::uint64_t total_docs = 0,
              Clock::time_point now = Clock::now());

 private:
  TerminalSink& terminal_;
  bool silent_;
  std::string doing_;
  Clock::time_point began_;
  Clock::time_point shown_;
};

}  // namespace svi_lda::cli

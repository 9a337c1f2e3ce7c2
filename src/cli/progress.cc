#include "cli/progress.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/rate_text.h"

namespace svi_lda::cli {
namespace {

constexpr std::chrono::milliseconds kRedraw{200};
constexpr std::chrono::seconds kLogEvery{5};
constexpr std::size_t kUnlimited = 1000;

std::string share_text(std::uint64_t done, std::uint64_t total) {
  if (total == 0) return {};
  const double share = static_cast<double>(done) / static_cast<double>(total);
  return fmt::format("{:3.0f}%", std::floor(100.0 * std::min(share, 1.0)));
}

// As many of the parts as `width` holds.
std::string joined(const std::vector<std::string>& parts, std::size_t width) {
  std::string line;
  for (const std::string& part : parts) {
    const std::string longer = line.empty() ? part : line + "  " + part;
    if (longer.size() > width) break;
    line = longer;
  }
  return line;
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::lround(std::clamp(seconds, 0.0, 1e9)));
  if (whole < 60) return fmt::format("{}s", whole);
  if (whole < 3600) return fmt::format("{}m{:02}s", whole / 60, whole % 60);
  return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
}

std::string progress_line(const TrainProgress& progress, double seconds_left, std::size_t width) {
  std::vector<std::string> parts;
  if (progress.total_docs == 0) {
    parts.push_back(fmt::format("{} docs", progress.docs));
  } else {
    parts.push_back(share_text(progress.docs, progress.total_docs));
    parts.push_back(fmt::format("{}/{} docs", progress.docs, progress.total_docs));
  }
  parts.push_back(rate_text(progress.tokens_per_second) + " tokens/s");
  if (seconds_left >= 0.0) parts.push_back("ETA " + duration_text(seconds_left));
  if (progress.held_out_perplexity) {
    parts.push_back(fmt::format("perplexity {:.1f}", *progress.held_out_perplexity));
  }
  parts.push_back(fmt::format("rho {:.4f}", progress.rho));

  return joined(parts, width);
}

std::string work_line(const WorkDone& done, std::size_t width) {
  std::vector<std::string> parts = {done.doing};
  if (done.total_docs == 0) {
    parts.push_back(fmt::format("{} docs", done.docs));
  } else {
    parts.push_back(share_text(done.docs, done.total_docs));
    parts.push_back(fmt::format("{}/{} docs", done.docs, done.total_docs));
  }
  if (done.docs > 0 && done.seconds > 0.0) {
    const double rate = static_cast<double>(done.docs) / done.seconds;
    parts.push_back(rate_text(rate) + " docs/s");
    if (done.total_docs >= done.docs) {
      parts.push_back("ETA " +
                      duration_text(static_cast<double>(done.total_docs - done.docs) / rate));
    }
  }
  return joined(parts, width);
}

ProgressReporter::ProgressReporter(TerminalSink& terminal) : terminal_(terminal) {}

ProgressReporter::~ProgressReporter() { terminal_.set_status({}); }

void ProgressReporter::update(const TrainProgress& progress, Clock::time_point now) {
  if (!first_) {
    first_ = progress;
    first_time_ = shown_time_ = now;
    return;
  }
  const Clock::duration interval = terminal_.is_terminal() ? Clock::duration(kRedraw) : kLogEvery;
  if (now - shown_time_ < interval || !spdlog::should_log(spdlog::level::info)) return;
  shown_time_ = now;
  const double left = seconds_left(progress, now);
  if (terminal_.is_terminal()) {
    // The last column is left free: some terminals wrap as soon as it is written.
    terminal_.set_status(progress_line(progress, left, terminal_.width() - 1));
  } else {
    spdlog::info("{}", progress_line(progress, left, kUnlimited));
  }
}

double ProgressReporter::seconds_left(const TrainProgress& progress, Clock::time_point now) const {
  // From the pace of this sitting: a resumed run starts with documents that cost it nothing.
  if (progress.docs <= first_->docs || progress.total_docs < progress.docs) return -1.0;
  const double elapsed = std::chrono::duration<double>(now - first_time_).count();
  return elapsed / static_cast<double>(progress.docs - first_->docs) *
         static_cast<double>(progress.total_docs - progress.docs);
}

WorkReporter::WorkReporter(TerminalSink& terminal, const std::string& output, Clock::time_point now)
    : terminal_(terminal),
      silent_(!terminal.is_terminal() || (output == "-" && ::isatty(STDOUT_FILENO) == 1) ||
              !spdlog::should_log(spdlog::level::info)),
      began_(now),
      shown_(now) {}

WorkReporter::~WorkReporter() { terminal_.set_status({}); }

void WorkReporter::update(std::string_view doing, std::uint64_t docs, std::uint64_t total_docs,
                          Clock::time_point now) {
  if (silent_) return;
  if (doing != doing_) {
    doing_ = doing;
    began_ = now;
  }
  if (now - shown_ < kRedraw) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  terminal_.set_status(work_line({doing_, docs, total_docs, seconds}, terminal_.width() - 1));
}

}  // namespace svi_lda::cli

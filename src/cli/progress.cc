#include "cli/progress.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

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

  std::string line;
  for (const std::string& part : parts) {
    const std::string longer = line.empty() ? part : line + "  " + part;
    if (longer.size() > width) break;
    line = longer;
  }
  return line;
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

}  // namespace svi_lda::cli

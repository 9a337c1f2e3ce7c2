#include "cli/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>

namespace svi_lda::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

TrainProgress sample() {
  TrainProgress progress;
  progress.docs = 1500;
  progress.total_docs = 6000;
  progress.tokens_per_second = 2.5e6;
  progress.rho = 0.0125;
  progress.held_out_perplexity = 1234.56;
  return progress;
}

TEST(ProgressLine, ShowsEveryFigure) {
  EXPECT_EQ(progress_line(sample(), 75.0, 200),
            " 25%  1500/6000 docs  2.50M tokens/s  ETA 1m15s  perplexity 1234.6  rho 0.0125");
}

TEST(ProgressLine, NeverExceedsTheWidth) {
  for (std::size_t width = 0; width < 100; ++width) {
    EXPECT_LE(progress_line(sample(), 75.0, width).size(), width);
  }
}

TEST(ProgressLine, LeavesOutWhatIsUnknown) {
  TrainProgress progress = sample();
  progress.total_docs = 0;
  progress.held_out_perplexity.reset();
  progress.tokens_per_second = 12345.0;
  EXPECT_EQ(progress_line(progress, -1.0, 200), "1500 docs  12.3k tokens/s  rho 0.0125");
}

TEST(WorkLine, ShowsWhatIsKnown) {
  EXPECT_EQ(work_line({"writing", 1500, 6000, 0.5}, 200),
            "writing   25%  1500/6000 docs  3.0k docs/s  ETA 2s");
  EXPECT_EQ(work_line({"reading", 1500, 0, 0.5}, 200), "reading  1500 docs  3.0k docs/s");
  EXPECT_EQ(work_line({"reading", 0, 0, 0.0}, 200), "reading  0 docs");
  for (std::size_t width = 0; width < 60; ++width) {
    EXPECT_LE(work_line({"writing", 1500, 6000, 0.5}, width).size(), width);
  }
}

TEST(DurationText, PicksItsUnits) {
  EXPECT_EQ(duration_text(0.4), "0s");
  EXPECT_EQ(duration_text(59.4), "59s");
  EXPECT_EQ(duration_text(187.0), "3m07s");
  EXPECT_EQ(duration_text(7500.0), "2h05m");
  EXPECT_EQ(duration_text(-1.0), "0s");
  EXPECT_EQ(duration_text(1e300), "277777h46m");
}

// Both ends of a pseudo-terminal or a pipe, with the default logger writing to `output`.
class Reporter : public ::testing::Test {
 protected:
  void open_terminal(unsigned short columns) {
    winsize size = {};
    size.ws_row = 24;
    size.ws_col = columns;
    if (::openpty(&input_, &output_, nullptr, nullptr, &size) != 0) {
      GTEST_SKIP() << "no pseudo-terminal can be opened here";
    }
    start();
  }
  void open_pipe() {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    input_ = ends[0];
    output_ = ends[1];
    start();
  }
  void start() {
    saved_ = spdlog::default_logger();
    sink_ = std::make_shared<TerminalSink>(output_);
    auto logger = std::make_shared<spdlog::logger>("test", sink_);
    logger->set_pattern("%v");
    spdlog::set_default_logger(logger);
  }
  void TearDown() override {
    if (saved_) spdlog::set_default_logger(saved_);
    if (output_ >= 0) ::close(output_);
    if (input_ >= 0) ::close(input_);
  }
  // What has been written since the last call. A terminal hands it over late: up to a mark.
  std::string written() {
    constexpr char kMark = '#';
    EXPECT_EQ(::write(output_, &kMark, 1), 1);
    std::string text;
    for (char c = 0; ::read(input_, &c, 1) == 1 && c != kMark;) text += c;
    return text;
  }

  int input_ = -1;
  int output_ = -1;
  std::shared_ptr<TerminalSink> sink_;
  std::shared_ptr<spdlog::logger> saved_;
  ProgressReporter::Clock::time_point start_ = ProgressReporter::Clock::now();
};

TEST_F(Reporter, RedrawsATerminalAtMostFiveTimesASecond) {
  open_terminal(60);
  if (IsSkipped()) return;
  EXPECT_TRUE(sink_->is_terminal());
  EXPECT_EQ(sink_->width(), 60u);
  TrainProgress progress = sample();
  int drawn = 0;
  {
    ProgressReporter reporter(*sink_);
    for (int i = 0; i <= 100; ++i) {
      progress.docs += 10;
      reporter.update(progress, start_ + milliseconds(10 * i));
      const std::string text = written();
      if (text.empty()) continue;
      ++drawn;
      EXPECT_EQ(text.substr(0, 4), "\r\x1b[K");
      EXPECT_LT(text.size(), 4u + 60u);
      EXPECT_THAT(text, HasSubstr(" docs"));
    }
  }
  EXPECT_EQ(drawn, 5);
  EXPECT_EQ(written(), "\r\x1b[K");  // removed at the end
}

TEST_F(Reporter, OtherCommandsShowTheirWorkOnATerminalOnly) {
  open_terminal(60);
  if (IsSkipped()) return;
  int drawn = 0;
  {
    WorkReporter reporter(*sink_, {}, start_);
    for (int i = 0; i <= 100; ++i) {
      reporter.update(i < 50 ? "reading" : "writing", static_cast<std::uint64_t>(10 * i),
                      i < 50 ? 0 : 1000, start_ + milliseconds(10 * i));
      const std::string text = written();
      if (text.empty()) continue;
      ++drawn;
      EXPECT_LT(text.size(), 4u + 60u);
      // At 0.6 s, 0.1 s after writing began.
      if (drawn == 3) {
        EXPECT_EQ(text, "\r\x1b[Kwriting   60%  600/1000 docs  6.0k docs/s  ETA 0s");
      }
    }
  }
  EXPECT_EQ(drawn, 5);
  EXPECT_EQ(written(), "\r\x1b[K");  // removed at the end
  ::close(output_);
  ::close(input_);
  open_pipe();
  {
    WorkReporter reporter(*sink_, {}, start_);
    reporter.update("reading", 10, 0, start_ + seconds(10));
  }
  EXPECT_EQ(written(), "");
}

TEST_F(Reporter, MessagesTakeThePlaceOfTheBar) {
  open_terminal(60);
  if (IsSkipped()) return;
  ProgressReporter reporter(*sink_);
  reporter.update(sample(), start_);
  reporter.update(sample(), start_ + seconds(1));
  const std::string bar = written();
  spdlog::info("a message");
  const std::string text = written();
  EXPECT_EQ(text, "\r\x1b[Ka message\r\n" + bar.substr(4));
}

TEST_F(Reporter, LogsElsewhereAtMostEveryFiveSeconds) {
  open_pipe();
  EXPECT_FALSE(sink_->is_terminal());
  TrainProgress progress = sample();
  ProgressReporter reporter(*sink_);
  for (int i = 0; i <= 110; ++i) {
    progress.docs += 10;
    reporter.update(progress, start_ + milliseconds(100 * i));
  }
  const std::string text = written();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("ETA "));
}

TEST_F(Reporter, EstimatesFromThisSittingOnly) {
  open_pipe();
  TrainProgress progress = sample();
  progress.docs = 4000;
  ProgressReporter reporter(*sink_);
  reporter.update(progress, start_);
  progress.docs = 5000;
  reporter.update(progress, start_ + seconds(10));
  EXPECT_THAT(written(), HasSubstr("ETA 10s"));
}

TEST_F(Reporter, IsSilentBelowInfo) {
  open_terminal(80);
  if (IsSkipped()) return;
  spdlog::default_logger()->set_level(spdlog::level::warn);
  ProgressReporter reporter(*sink_);
  reporter.update(sample(), start_);
  reporter.update(sample(), start_ + seconds(100));
  EXPECT_EQ(written(), "");
}

}  // namespace
}  // namespace svi_lda::cli

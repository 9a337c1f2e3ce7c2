#include "cli/stop_signal.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace svi_lda::cli {
namespace {

// Each in a process of its own: handlers belong to the process.
TEST(StopSignalDeathTest, TheFirstSignalIsNoted) {
  EXPECT_EXIT(
      {
        std::signal(SIGTERM, SIG_DFL);
        catch_stop_signals();
        const bool clear = stop_signal() == 0;
        std::raise(SIGTERM);
        std::_Exit(clear && stop_signal() == SIGTERM ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(StopSignalDeathTest, TheSecondHasItsDefaultEffect) {
  EXPECT_EXIT(
      {
        std::signal(SIGINT, SIG_DFL);
        catch_stop_signals();
        std::raise(SIGINT);
        std::raise(SIGINT);
        std::_Exit(0);
      },
      ::testing::KilledBySignal(SIGINT), "");
}

TEST(StopSignalDeathTest, AnIgnoredSignalStaysIgnored) {
  EXPECT_EXIT(
      {
        std::signal(SIGINT, SIG_IGN);
        catch_stop_signals();
        std::raise(SIGINT);
        std::_Exit(stop_signal() == 0 ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(StopSignal, HasAName) {
  EXPECT_STREQ(signal_name(SIGINT), "SIGINT");
  EXPECT_STREQ(signal_name(SIGTERM), "SIGTERM");
}

}  // namespace
}  // namespace svi_lda::cli

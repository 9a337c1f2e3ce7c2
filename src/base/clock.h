#pragma once

#include <chrono>

namespace svi_lda {

// What durations are measured by: it never goes back.
using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

}  // namespace svi_lda

#pragma once

#include <atomic>

namespace svi_lda {

// Set by a program that was told to stop by a signal, in its handler. A thread that waits for
// standard input looks at it, as a signal ends only the wait of the thread that it happens to
// reach.
inline std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a handler may only set what takes no lock");

}  // namespace svi_lda

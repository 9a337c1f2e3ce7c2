#pragma once

namespace svi_lda::cli {

// From here on the first SIGINT or SIGTERM is only noted; a second one has its default effect.
void catch_stop_signals();

// The signal that was noted; 0 = none.
int stop_signal();

// "SIGINT", "SIGTERM".
const char* signal_name(int signal);

}  // namespace svi_lda::cli

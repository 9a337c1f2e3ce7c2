#include "cli/stop_signal.h"

#include <csignal>
#include <initializer_list>

#include "base/interrupt.h"

namespace svi_lda::cli {
namespace {

volatile std::sig_atomic_t noted = 0;

extern "C" void note_signal(int signal) {
  noted = signal;
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

}  // namespace

void catch_stop_signals() {
  struct sigaction action = {};
  action.sa_handler = note_signal;
  action.sa_flags = 0;  // not SA_RESTART: a read that waits for a silent pipe must end
  for (const int signal : {SIGINT, SIGTERM}) {
    struct sigaction inherited = {};
    // A shell starts background jobs with SIGINT ignored; that is left as it is.
    if (sigaction(signal, nullptr, &inherited) == 0 && inherited.sa_handler != SIG_IGN) {
      sigaction(signal, &action, nullptr);
    }
  }
}

int stop_signal() { return noted; }

const char* signal_name(int signal) { return signal == SIGINT ? "SIGINT" : "SIGTERM"; }

}  // namespace svi_lda::cli

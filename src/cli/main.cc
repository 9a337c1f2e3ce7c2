#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command_line.h"

namespace {

// libgomp reads its environment before main. Without this its threads spin at barriers, which makes
// a run many times slower on a machine that has other work. Where exec fails the run goes on.
void restart_with_passive_waiting(char** argv) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  if (std::getenv("GOMP_SPINCOUNT") != nullptr) return;
  std::error_code error;
  // Resolved, so that the process keeps its name.
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error || ::setenv("OMP_WAIT_POLICY", "passive", 1) != 0) return;
  ::execv(self.c_str(), argv);
}

}  // namespace

int main(int argc, char** argv) {
  restart_with_passive_waiting(argv);
  // A reader that went away and a file size limit are then errors of write(), which are reported.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return svi_lda::cli::run_command_line(arguments);
}

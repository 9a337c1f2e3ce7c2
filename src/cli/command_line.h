#pragma once

#include <span>
#include <string>

namespace svi_lda::cli {

// Runs the program on its arguments (without its name), reports every error as one line on standard
// error and returns the exit code. Never throws.
int run_command_line(std::span<const std::string> arguments) noexcept;

}  // namespace svi_lda::cli

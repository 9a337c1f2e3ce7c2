#pragma once

#include <string>

#include "cli/option_table.h"
#include "svi_lda/sweep.h"

namespace svi_lda::cli {

struct SweepCommand {
  SweepOptions options;
  std::string topics;  // numbers with commas between
  std::string seeds = "1,2,3";
};

// The options of `train`, but those that the sweep sets for each run, and its own.
OptionTable sweep_table(SweepCommand& command, CommonOptions& common);

}  // namespace svi_lda::cli

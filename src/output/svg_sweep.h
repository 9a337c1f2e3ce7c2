#pragma once

#include <string>
#include <vector>

#include "svi_lda/sweep.h"

namespace svi_lda {

// Every figure of a sweep against the number of topics, on a logarithmic axis: a panel a figure,
// with a dot for each run, a line through the means over seeds, and a band from the least to the
// greatest. `evaluated_on` is what perplexity is of. At least one run.
std::string sweep_svg(const std::vector<SweepRun>& runs, const std::string& evaluated_on);

}  // namespace svi_lda

#pragma once

#include "best_runs.h"

namespace svi_lda::bench {

// Each adds its benchmarks to those that run.
void register_local_kernels();
void register_row_kernels();
void register_plain_loops();
void register_batch_building();
void register_stages();

// What follows from their results, printed where they ran.
void print_speedup_over_plain_loop(const BestRuns& runs);
void print_serial_share(const BestRuns& runs);

}  // namespace svi_lda::bench

#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace svi_lda::bench {

// One level of the memory hierarchy as one core sees it.
struct MemoryLevel {
  std::string name;               // L1, L2, L3, memory
  std::size_t capacity = 0;       // bytes; of memory: all there is
  std::size_t swept = 0;          // bytes of the measurement's working set
  double bytes_per_second = 0.0;  // loads
};

// What the machine gave when it was asked, one core unless said.
struct Machine {
  double flops_per_second = 0.0;    // float32, a fused multiply-add counted as two
  std::vector<MemoryLevel> levels;  // nearest first, memory last
  double memory_two_cores = 0.0;    // bytes per second of two cores together; 0 on a single one
};

// Measured on first use, in under two seconds: the best of many short bursts each, since other work
// on the machine can only slow a burst down.
const Machine& machine();

// Index of the nearest level that holds a working set of `bytes`.
std::size_t level_that_holds(std::size_t bytes);

void print_machine(std::ostream& out);
// Other work shows in figures of several threads whatever is done against it.
void print_load(std::ostream& out);

}  // namespace svi_lda::bench

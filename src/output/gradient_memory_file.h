#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "model/gradient_memory.h"

namespace svi_lda {

// The members of a checkpoint that hold what the adaptive step size carries on, verbatim; none
// where that is nothing:
//   gradient          [K x V] float32, rows
//   gradient_numbers  [10], GradientMemory::Numbers in their order
class GradientMemoryMembers {
 public:
  // `memory` must outlive the writing of what this is added to, and this too.
  GradientMemoryMembers(const GradientMemory& memory, std::uint32_t num_topics);
  // Fails, when `npz` is written: Error kNumeric naming `path` (a value that is not finite).
  void add_to(NpzWriter& npz, const std::string& path) const;

 private:
  const GradientMemory& memory_;
  std::uint32_t num_topics_;
  std::vector<double> numbers_;
};

// Those of a checkpoint; empty where it has none. Fails: Error kInput, naming `path` and the member
// (of another shape, a value out of range).
GradientMemory read_gradient_memory(const std::string& path, const NpzReader& npz,
                                    std::uint32_t num_topics, std::uint32_t vocab_size);

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "local/kernels.h"

namespace svi_lda {

// Log-space entries, n phi of each, of the documents or the part of one that a thread has done.
struct SlowEntries {
  std::size_t stride = 0;
  std::size_t task_begin = 0;     // where the entries of the task in work begin
  std::uint32_t first_entry = 0;  // number of that task's first entry
  std::vector<std::uint32_t> entry;
  AlignedVector<float> phi;  // [entry.size() x stride]

  // Valid while this stays where it is.
  SlowSink sink() { return {this, &SlowEntries::clear, &SlowEntries::append}; }

 private:
  static void clear(void* owner) {
    auto& self = *static_cast<SlowEntries*>(owner);
    self.entry.resize(self.task_begin);
    self.phi.resize(self.task_begin * self.stride);
  }
  static float* append(void* owner, std::size_t i) {
    auto& self = *static_cast<SlowEntries*>(owner);
    self.entry.push_back(self.first_entry + static_cast<std::uint32_t>(i));
    self.phi.resize(self.entry.size() * self.stride);
    return self.phi.data() + (self.entry.size() - 1) * self.stride;
  }
};

}  // namespace svi_lda

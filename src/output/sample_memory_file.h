#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "model/sample_memory.h"

namespace svi_lda {

// The members of a checkpoint that hold what a run remembers of its documents' samples, verbatim,
// documents one after the other:
//   samples            [Sum sizes] uint16, topics
//   sample_sizes       [D], how many are a document's
//   sample_weights     [D]
//   sample_log_shrunk  [D + 1], of each document and of the run
class SampleMemoryMembers {
 public:
  // `memory` may change only when what this was added to has been written, as this may end.
  explicit SampleMemoryMembers(const SampleMemory& memory);
  void add_to(NpzWriter& npz) const;

 private:
  std::vector<std::uint16_t> topics_;
  std::vector<std::uint64_t> sizes_;
  std::vector<double> weights_;
  std::vector<double> log_shrunk_;
};

// Those of a checkpoint of `num_docs` documents; empty where it has none. Fails: Error kInput,
// naming `path` and the member (absent, of another shape, a value out of range).
SampleMemory read_sample_memory(const std::string& path, const NpzReader& npz,
                                std::uint64_t num_docs, std::uint32_t num_topics);

}  // namespace svi_lda

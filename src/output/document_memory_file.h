#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "model/document_memory.h"

namespace svi_lda {

// The members of a checkpoint that hold what a run remembers of its documents, verbatim:
//   gamma         [K x D] float32, fortran order
//   bounds        [passes], nats
// batch, in the middle of a pass:
//   sums          [K x V] float32, fortran order;  sums_bound ()
// incremental, blocks one after the other:
//   block_words   [Sum W];  block_stats [K x Sum W] float32, fortran order
//   block_sizes   [blocks], words of each;  block_first_docs [blocks];  block_bounds [blocks]
class DocumentMemoryMembers {
 public:
  // `memory` must outlive this, and this the writing of what it is added to.
  DocumentMemoryMembers(const DocumentMemory& memory, std::uint32_t num_topics,
                        std::uint32_t vocab_size);
  // Fails: Error kNumeric naming `path` (something not finite), here or when `npz` is written.
  void add_to(NpzWriter& npz, const std::string& path) const;

 private:
  const DocumentMemory& memory_;
  std::uint32_t num_topics_;
  std::uint32_t vocab_size_;
  std::vector<std::uint64_t> words_, sizes_, first_docs_;
  std::vector<double> bounds_;
};

// Those of a checkpoint of `num_docs` documents; empty where it has none. Fails: Error kInput,
// naming `path` and the member (absent, of another shape, a value out of range).
DocumentMemory read_document_memory(const std::string& path, const NpzReader& npz,
                                    std::uint64_t num_docs, std::uint32_t num_topics,
                                    std::uint32_t vocab_size);

}  // namespace svi_lda

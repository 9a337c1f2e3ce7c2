#pragma once

#include <cstdint>
#include <vector>

#include "base/aligned.h"

namespace svi_lda {

// What one block of documents added to lambda when it was visited last.
struct StatsBlock {
  std::uint64_t first_doc = 0;       // 1-based number of its first document: which block it is
  std::vector<std::uint32_t> words;  // [W], ascending
  AlignedVector<float> rows;         // [W x stride], sstats, padding 0
  double bound = 0.0;                // its documents' part of the corpus bound, in nats
};

// What coordinate ascent keeps of the documents from pass to pass: batch VB (Blei, Ng, Jordan 2003)
// their gamma, incremental VB (Neal & Hinton 1998) the sufficient statistics of each block too.
// Empty for the other methods.
struct DocumentMemory {
  std::vector<float> gamma;        // [D x K], of the document with number i + 1 in row i
  AlignedVector<float> sums;       // batch: [V x stride], sstats summed over the pass so far, empty
                                   // between passes
  double sums_bound = 0.0;         // batch: their documents' part of the corpus bound, in nats
  std::vector<StatsBlock> blocks;  // incremental: in the order of the first pass
  std::vector<double> bounds;      // the corpus bound, in nats, after each complete pass

  bool empty() const { return gamma.empty(); }
};

}  // namespace svi_lda

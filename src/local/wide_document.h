#pragma once

#include <cstddef>

#include "base/parallel.h"
#include "local/kernels.h"

namespace svi_lda {

// Documents so long that one thread would keep the others waiting: all threads share each of them.
// Which these are is a matter of the document and of K, never of threads, as it decides the order
// of sums. Below kWideEntries the columns of some dozens of live topics fit into a core's cache,
// and iterations over these are faster than several threads' over all topics.
inline constexpr std::size_t kWideFloats = std::size_t{1} << 22;  // of all its rows
inline constexpr std::size_t kWideEntries = std::size_t{1} << 14;
constexpr bool is_wide(std::size_t entries, std::size_t stride) {
  return entries >= kWideEntries && entries * stride >= kWideFloats;
}

// Entries that one thread takes at a time. Their sums over entries are added up in order, so that
// the result does not depend on the number of threads. Short, so that no long chain of additions
// loses digits: Sum_k gamma_k of 16,391 like entries was off by 6e-6 with ranges of 1024, by at
// most 2.4e-6 with these.
inline constexpr std::size_t kWideRange = 256;
static_assert(kWideRange % kWordPad == 0);

// infer_document by all threads, for a document of any length, every iteration over all topics: the
// same criterion, and the same result but for the order of sums and what live topics leave open.
// task.scratch is not used.
DocumentOutcome infer_wide_document(LocalMethod method, const TopicContext& context,
                                    const DocumentTask& task, const Parallel& parallel);

}  // namespace svi_lda

#pragma once

#include "base/parallel.h"
#include "minibatch/minibatch.h"
#include "model/document_memory.h"
#include "model/topics.h"
#include "stats/sufficient_stats.h"

namespace svi_lda {

// Updates of lambda without a step size: lambda = eta + Sum_d sstats_d over the whole corpus, with
// what each document added last kept in the memory. `bound` is the minibatch's documents' part of
// the corpus bound. No result depends on the number of threads.

// Batch VB (Blei, Ng, Jordan 2003): adds a minibatch to the sums of the pass; lambda stays as it
// is.
void add_to_sums(const Minibatch& batch, const SufficientStats& stats, double bound,
                 const Parallel& parallel, Topics& topics, DocumentMemory& memory);
// The end of a pass: lambda = eta + sums, which are then empty. Returns the documents' part of the
// corpus bound.
double take_sums(const Eta& eta, const Parallel& parallel, Topics& topics, DocumentMemory& memory);

// Incremental VB (Neal & Hinton 1998; Hughes & Sudderth 2013): a minibatch is a block, the same
// documents in every pass. In the first pass each is kept, and lambda stays as it is. Later
// what the block added is taken away, exactly, and `stats` are added:
//   lambda <- lambda - sstats_old + sstats, never below eta.
// Fails: Error kNumeric where no block of the first pass has the minibatch's first document and
// words.
void keep_block(const Minibatch& batch, const SufficientStats& stats, double bound,
                DocumentMemory& memory);
void replace_block(const Minibatch& batch, const SufficientStats& stats, double bound,
                   const Parallel& parallel, Topics& topics, DocumentMemory& memory);
// The end of a pass: lambda = eta + Sum blocks, summed anew in their order, so that no rounding
// stays from pass to pass. Returns the documents' part of the corpus bound.
double sum_blocks(const Eta& eta, const Parallel& parallel, Topics& topics,
                  const DocumentMemory& memory);

}  // namespace svi_lda

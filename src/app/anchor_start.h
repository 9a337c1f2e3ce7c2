#pragma once

#include <cstdint>

#include "base/parallel.h"
#include "corpus/cache.h"
#include "model/topics.h"

namespace svi_lda {

// Topics that begin as those that anchor words stand for (spectral/): words that one topic alone
// has, found by which words stand in one document. Of at most kAnchorDocuments documents, drawn by
// `seed`, and the kAnchorWords most frequent words; topics for which there is no anchor begin at
// random. Expects the Topics of a fresh run. Fails: as the corpus does.
void anchor_start(Topics& topics, std::uint64_t seed, const CacheReader& documents,
                  const Parallel& parallel);

// What it takes beside the topics, before training begins.
double anchor_start_bytes(std::uint32_t num_topics, std::uint32_t vocab_size);

inline constexpr std::uint64_t kAnchorDocuments = 20000;
inline constexpr std::uint32_t kAnchorWords = 4096;

}  // namespace svi_lda

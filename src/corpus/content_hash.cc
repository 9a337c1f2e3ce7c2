#include <xxhash.h>

#include <bit>

#include "corpus/document.h"

namespace svi_lda {

static_assert(std::endian::native == std::endian::little,
              "hashes and caches are defined on little-endian numbers");

// XXH3 of the ids is the seed for the counts: no copy, no state, and no two documents share the
// bytes that are hashed unless they are equal, as both parts have one length.
std::uint64_t content_hash(DocumentView document) {
  const std::uint64_t ids = XXH3_64bits(document.words.data(), document.words.size_bytes());
  return XXH3_64bits_withSeed(document.counts.data(), document.counts.size_bytes(), ids);
}

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.h"
#include "corpus/document.h"

namespace svi_lda {

// The tokens of a document in random order, each as the place of its word in document.words; keyed
// by (seed, content). A bag of words has no order of its own: p(w_d) is the same in each, but that
// by word ids would put all copies of a word beside each other.
inline void shuffled_tokens(DocumentView document, std::uint64_t seed,
                            std::vector<std::uint32_t>& tokens) {
  tokens.clear();
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    tokens.insert(tokens.end(), document.counts[i], static_cast<std::uint32_t>(i));
  }
  RandomStream random(seed, RandomPurpose::kTokenOrder, content_hash(document));
  for (std::size_t n = tokens.size(); n > 1; --n) std::swap(tokens[n - 1], tokens[random.below(n)]);
}

}  // namespace svi_lda

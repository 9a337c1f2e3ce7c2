#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "spectral/cooccurrence.h"

namespace svi_lda {

// Words that stand for one topic each, at most `count` of them: the corners of the polytope that
// the rows span, as all other words are mixtures of topics. The first is the row farthest from the
// mean row, each further one the row farthest from the flat through those before; fewer where
// that is no distance at all. Words in less than `least_documents` documents are no candidates, as
// chance takes their rows far out.
// Source: Arora et al. 2013, algorithm 4, FastAnchorWords; by Gram-Schmidt, each direction made
// orthogonal to those before twice ("twice is enough", Giraud et al. 2005). O(count W P).
std::vector<std::uint32_t> find_anchors(const ProjectedCooccurrence& cooccurrence,
                                        std::size_t count, std::uint64_t least_documents,
                                        const Parallel& parallel);

}  // namespace svi_lda

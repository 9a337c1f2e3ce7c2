#pragma once

#include <cstdint>
#include <vector>

#include "minibatch/minibatch.h"

namespace svi_lda {

// Places of the documents of a minibatch, those with the most entries first: the last ones in work
// are then short, and no thread waits long for another.
std::vector<std::uint32_t> longest_first(const Minibatch& batch);

}  // namespace svi_lda

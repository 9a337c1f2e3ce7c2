#pragma once

#include <cstdint>
#include <string>

#include "archive/npz.h"
#include "model/alpha_memory.h"

namespace svi_lda {

// The members of a checkpoint that hold what learning alpha carries on, verbatim; none where that
// is nothing:
//   alpha_logs      [K]
//   alpha_shares    [K];  alpha_strength ()
// `memory` must outlive the writing of `npz`. Fails: Error kNumeric naming `path` (a value that is
// not finite).
void add_alpha_memory(NpzWriter& npz, const std::string& path, const AlphaMemory& memory);

// Those of a checkpoint; empty where it has none. Fails: Error kInput, naming `path` and the member
// (of another shape, a value out of range).
AlphaMemory read_alpha_memory(const std::string& path, const NpzReader& npz,
                              std::uint32_t num_topics);

}  // namespace svi_lda

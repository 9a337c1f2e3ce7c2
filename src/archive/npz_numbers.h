#pragma once

#include <memory>

#include "archive/npz.h"
#include "archive/npz_member.h"

namespace svi_lda {

// The vector of numbers that `member`, not yet read from, holds.
std::unique_ptr<NpzNumbers> open_npz_numbers(NpzMember member);

}  // namespace svi_lda

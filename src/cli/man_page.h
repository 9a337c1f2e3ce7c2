#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"

namespace svi_lda::cli {

// svi-lda(1) as man(7) source, made from the same tables as the help.
std::string man_page(const std::vector<std::unique_ptr<Command>>& commands);

}  // namespace svi_lda::cli

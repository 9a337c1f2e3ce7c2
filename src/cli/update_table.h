#pragma once

#include "cli/option.h"
#include "cli/option_table.h"
#include "svi_lda/update.h"

namespace svi_lda::cli {

OptionTable update_table(UpdateOptions& options, CommonOptions& common);

}  // namespace svi_lda::cli

#pragma once

#include "cli/option_table.h"

namespace svi_lda::cli {

// The options of `evaluate` about topics as such: whose they are and what figures they get.
void append_topic_rows(OptionTable& table, EvaluateOptions& options);

// Words of a topic that its figures look at; for `sweep` too.
Option top_row(std::int64_t& target);

}  // namespace svi_lda::cli

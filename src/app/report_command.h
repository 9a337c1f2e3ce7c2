#pragma once

#include <string>

#include "output/run_record.h"

namespace svi_lda {

// The command line that trains the same model once more, into a folder beside: what differs from
// the defaults, quoted for a POSIX shell. It gives the same bytes where the run was not stopped by
// its clock or a signal, and not resumed with other options.
std::string command_of(const RunRecord& record);

// What stands in the way of the same bytes, in a sentence; empty where nothing does.
std::string caveat_of(const RunRecord& record);

// `word` as one word of a POSIX shell.
std::string shell_quoted(const std::string& word);

}  // namespace svi_lda

#pragma once

#include <string>
#include <vector>

namespace svi_lda {

// Names of the instruction sets that this build has kernels for and this processor can run, best
// first; the last is always "generic".
std::vector<std::string> available_isas();

// The one whose kernels are in use.
std::string current_isa();

// Makes all kernels use `name` from here on. "auto": what the environment variable SVI_LDA_ISA
// names, else the best. Not to be called while kernels run.
// Fails: Error kUsage for a name that is not available here, listing those that are.
void use_isa(const std::string& name);

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/option_table.h"
#include "svi_lda/infer.h"

namespace svi_lda::cli {

struct SimilarCommand {
  InferOptions source;
  std::optional<std::int64_t> topic;
  std::optional<std::string> word;
  std::optional<std::string> document;
  std::int64_t top = 10;
  std::string format = "text";
};

OptionTable similar_table(SimilarCommand& command, CommonOptions& common);

// The rule between its options that is broken; empty if none is.
std::string broken_rule(const SimilarCommand& command);

}  // namespace svi_lda::cli

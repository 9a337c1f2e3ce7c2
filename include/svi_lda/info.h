#pragma once

#include <string>
#include <utility>
#include <vector>

namespace svi_lda {

// What a corpus, a model, a checkpoint or a run holds, as name and value in a fixed order; values
// are numbers or text, `json` is the same as one JSON object.
struct Info {
  std::string kind;  // "corpus", "corpus folder", "cache", "model", "checkpoint", "run"
  std::vector<std::pair<std::string, std::string>> lines;
  std::string json;
};

Info info(const std::string& path, const std::string& corpus_format = "auto",
          const std::string& documents_are = "rows");

}  // namespace svi_lda

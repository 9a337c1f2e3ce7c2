#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "svi_lda/infer.h"

namespace svi_lda {

// What to compare, and with what.
struct SimilarOptions {
  enum class Kind { kTopic, kWord, kDocument };
  Kind kind = Kind::kTopic;
  std::uint64_t topic = 0;  // index in lambda
  std::string word;         // of the model's vocabulary; an id where it has none
  // The id of a document, the first that has it; or, where none has, its 1-based place.
  std::string document;
  std::uint64_t top = 10;  // how many to name
  // The model, and for documents their corpus and how theta is inferred.
  InferOptions source;
};

// One thing that is like the one asked for.
struct Similar {
  std::uint64_t number = 0;  // topic, word id (0-based) or document (1-based)
  std::string words;         // the topic's top words, or the word; empty for documents
  double distance = 0.0;     // in [0, 1]; 0 = equal
  std::string id = {};       // of the document, where documents have names
  std::optional<std::string> title = {};
};

// The nearest by Jensen-Shannon distance, the square root of the divergence in bits (Endres,
// Schindelin 2003), of what they are distributions of:
//   topics     over words, E[beta_k]
//   words      over topics, lambda_kw / sum_k lambda_kw; words without a training token left out
//   documents  over topics, E[theta_d]; empty documents left out; the corpus is read twice
// Equal distances by number. Memory does not grow with the corpus.
// Fails: kUsage for a topic or document that there is not, kInput for an unknown word; as infer().
struct SimilarResult {
  std::string source;  // the file that was read
  Similar asked;       // what was asked for
  std::vector<Similar> nearest;
};
SimilarResult similar(const SimilarOptions& options);

}  // namespace svi_lda

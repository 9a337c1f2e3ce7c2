#pragma once

#include <cstdint>
#include <string>

namespace svi_lda {

struct ReportOptions {
  std::string run;         // directory, model.npz or checkpoint
  std::string documents;   // corpus to score, and to show documents of; empty = none, no "-"
  std::string titles;      // of the documents, one a line in their order; empty = the titles or ids
                           // of raw text and corpus folders, for others their numbers
  std::string vocabulary;  // of the documents: words are mapped to the model's; empty = same ids
  std::string corpus_format = "auto";
  std::int64_t documents_a_topic = 10;  // [1, 1000] shown of those that show a topic most
  std::int64_t inner_iterations = 100;
  double inner_tolerance = 1e-3;
  std::uint64_t seed = 1;  // of the completion split
  std::int64_t threads = 0;
};

// One HTML page that shows a run and needs nothing else: topics with their distances and terms,
// the training's metrics, every figure with its definition, documents by topic, and the command
// that repeats the run. What a run does not have (a vocabulary, held-out figures, a record) the
// page says. Its size is bounded for any V: see output/report_terms.h.
// Fails: Error as load of a model, as evaluate() and infer() do on `documents`; kInput (not as
// many titles as documents).
std::string report(const ReportOptions& options);

}  // namespace svi_lda

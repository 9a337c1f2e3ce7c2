#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "eval/document_estimate.h"
#include "output/model_file.h"
#include "svi_lda/evaluate.h"

namespace svi_lda {

// The estimators that options.estimators names, in the order of estimators(); empty where one of
// the names is none.
std::vector<std::string> named_estimators(const std::string& names);

// An estimator at work on one chunk of documents after the other.
class Estimator {
 public:
  virtual ~Estimator() = default;

  virtual void score(std::span<const Document> documents, std::uint64_t first_number,
                     const Parallel& parallel, DocumentEstimates& estimates) = 0;
  // What of the documents last given was scored.
  virtual std::span<const Document> scored() const = 0;
};

// `model` and `options` must outlive it; `name` is one of estimators().
std::unique_ptr<Estimator> make_estimator(const std::string& name, const Model& model,
                                          const EvaluateOptions& options);

}  // namespace svi_lda

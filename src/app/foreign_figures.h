#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "eval/foreign_perplexity.h"
#include "output/model_file.h"
#include "svi_lda/evaluate.h"

namespace svi_lda {

// The figures that scikit-learn or gensim would print for a model and documents.
class ForeignFigures {
 public:
  // `tool` is that of EvaluateOptions::compat; where it is empty, there are none. The model must
  // outlive this.
  ForeignFigures(const std::string& tool, const Model& model);

  void add(std::span<const Document> documents, std::uint64_t first_number,
           const Parallel& parallel);
  std::vector<ForeignFigure> figures(const Parallel& parallel) const;

 private:
  std::string tool_;
  double training_docs_;
  std::optional<ForeignPerplexity> perplexity_;
};

}  // namespace svi_lda

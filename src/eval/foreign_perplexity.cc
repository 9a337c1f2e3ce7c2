#include "eval/foreign_perplexity.h"

#include <limits>

#include "eval/corpus_bound.h"

namespace svi_lda {
namespace {

constexpr double kTolerance = 1e-3;

}  // namespace

ForeignPerplexity::ForeignPerplexity(const Topics& topics, const Hyperparameters& hyper,
                                     int max_iterations)
    : topics_(topics),
      hyper_(hyper),
      scorer_(topics, hyper, max_iterations, kTolerance, GammaStart::kAlike) {}

void ForeignPerplexity::add(std::span<const Document> documents, std::uint64_t first_number,
                            const Parallel& parallel) {
  scorer_.score(documents, first_number, parallel, bounds_);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    documents_bound_ += bounds_[i];
    tokens_ += documents[i].view().tokens();
  }
  docs_ += documents.size();
}

double ForeignPerplexity::bound_per_token(double total_docs, const Parallel& parallel) const {
  if (tokens_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const double ratio = total_docs > 0.0 ? total_docs / static_cast<double>(docs_) : 1.0;
  const double bound = ratio * documents_bound_ - topics_divergence(topics_, hyper_, parallel);
  return bound / (ratio * static_cast<double>(tokens_));
}

}  // namespace svi_lda

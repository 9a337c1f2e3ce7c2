#include "app/foreign_figures.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>

namespace svi_lda {
namespace {

// The tools' defaults: max_doc_update_iter and iterations.
constexpr int kScikitLearnIterations = 100;
constexpr int kGensimIterations = 50;

}  // namespace

ForeignFigures::ForeignFigures(const std::string& tool, const Model& model)
    : tool_(tool), training_docs_(static_cast<double>(model.meta.docs)) {
  if (tool.empty()) return;
  perplexity_.emplace(model.topics, model.hyper,
                      tool == "gensim" ? kGensimIterations : kScikitLearnIterations);
}

void ForeignFigures::add(std::span<const Document> documents, std::uint64_t first_number,
                         const Parallel& parallel) {
  if (perplexity_) perplexity_->add(documents, first_number, parallel);
}

std::vector<ForeignFigure> ForeignFigures::figures(const Parallel& parallel) const {
  if (!perplexity_) return {};
  const double plain = perplexity_->bound_per_token(0.0, parallel);
  const double scaled = perplexity_->bound_per_token(training_docs_, parallel);
  if (tool_ == "scikit-learn") {
    return {{"perplexity(X)", std::exp(-plain),
             "exp of minus the bound per token, the topics' term divided by the tokens of X"},
            {"perplexity(X, sub_sampling=True)", std::exp(-scaled),
             fmt::format("the same with total_samples = {:.0f}, the documents trained on",
                         training_docs_)}};
  }
  return {
      {"log_perplexity(chunk)", plain, "the bound per token, in nats"},
      {"perplexity estimate of its log", std::exp2(-plain), "2 to the power of minus these nats"},
      {"log_perplexity(chunk, total_docs)", scaled,
       fmt::format("with total_docs = {:.0f}, the documents trained on", training_docs_)},
      {"perplexity estimate of its log, total_docs", std::exp2(-scaled),
       "2 to the power of minus these nats"}};
}

}  // namespace svi_lda

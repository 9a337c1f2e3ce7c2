#include "app/held_out.h"

#include <algorithm>

#include "svi_lda/evaluate.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kDocsAtATime = 512;

}  // namespace

RatioEstimate HeldOut::completion(const Topics& topics, const Hyperparameters& hyper,
                                  const Parallel& parallel) {
  const EvaluateOptions defaults;
  CompletionScorer scorer(topics, hyper, static_cast<int>(defaults.inner_iterations),
                          defaults.inner_tolerance, defaults.seed);
  RatioEstimate estimate;
  std::vector<Document> documents;
  std::vector<CompletionScorer::Score> scores;
  std::vector<Document> held_out;
  const std::uint64_t total = docs_;
  for (std::uint64_t first = 0; first < total; first += kDocsAtATime) {
    documents.resize(std::min(kDocsAtATime, total - first));
    for (std::size_t i = 0; i < documents.size(); ++i) documents_.read(first + i, documents[i]);
    documents_.release_pages();
    scorer.score(documents, first + 1, parallel, scores, held_out);
    for (const auto& score : scores) estimate.add(score.log_likelihood, score.tokens);
  }
  return estimate;
}

RatioEstimate HeldOut::unigram(const std::vector<std::uint64_t>& word_counts) const {
  const Unigram baseline(word_counts);
  RatioEstimate estimate;
  Document document;
  Document observed;
  Document held_out;
  for (std::uint64_t i = 0; i < docs_; ++i) {
    documents_.read(i, document);
    split_for_completion(document.view(), EvaluateOptions{}.seed, observed, held_out);
    estimate.add(baseline.log_likelihood(held_out.view()), held_out.view().tokens());
  }
  documents_.release_pages();
  return estimate;
}

}  // namespace svi_lda

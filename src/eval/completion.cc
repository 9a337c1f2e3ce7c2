#include "eval/completion.h"

#include "base/random.h"

namespace svi_lda {

void split_for_completion(DocumentView document, std::uint64_t seed, Document& observed,
                          Document& held_out) {
  observed.clear();
  held_out.clear();
  RandomStream random(seed, RandomPurpose::kCompletionSplit, content_hash(document));
  // Selection sampling (Knuth, TAOCP 2, algorithm S): each token in turn joins the observed half
  // with probability (still wanted) / (still to come), which makes all halves equally likely.
  std::uint64_t to_come = document.tokens();
  std::uint64_t wanted = (to_come + 1) / 2;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    std::uint32_t seen = 0;
    for (std::uint32_t c = 0; c < document.counts[i]; ++c, --to_come) {
      if (wanted > 0 && random.below(to_come) < wanted) {
        ++seen;
        --wanted;
      }
    }
    if (seen > 0) {
      observed.words.push_back(document.words[i]);
      observed.counts.push_back(seen);
    }
    if (seen < document.counts[i]) {
      held_out.words.push_back(document.words[i]);
      held_out.counts.push_back(document.counts[i] - seen);
    }
  }
}

CompletionScorer::CompletionScorer(const Topics& topics, const Hyperparameters& hyper,
                                   int max_iterations, double tolerance, std::uint64_t seed)
    : scorer_(topics, hyper, max_iterations, tolerance), seed_(seed) {}

void CompletionScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                             const Parallel& parallel, std::vector<Score>& scores,
                             std::vector<Document>& held_out) {
  observed_.resize(documents.size());
  held_out.resize(documents.size());
  parallel.for_chunks(documents.size(), 16, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) {
      split_for_completion(documents[i].view(), seed_, observed_[i], held_out[i]);
    }
  });
  scorer_.score(observed_, held_out, first_number, parallel, log_likelihood_);
  scores.resize(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    scores[i] = {log_likelihood_[i], held_out[i].view().tokens()};
  }
}

}  // namespace svi_lda

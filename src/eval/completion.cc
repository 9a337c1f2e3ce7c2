#include "eval/completion.h"

#include <cmath>
#include <string>

#include "base/random.h"
#include "svi_lda/error.h"

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
    : topics_(topics),
      hyper_(hyper),
      options_{LocalMethod::kMeans, max_iterations, tolerance},
      seed_(seed),
      builder_(topics.vocab_size()) {}

void CompletionScorer::score(std::span<const Document> documents, std::uint64_t first_number,
                             const Parallel& parallel, std::vector<Score>& scores,
                             std::vector<Document>& held_out) {
  held_out.resize(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    split_for_completion(documents[i].view(), seed_, observed_, held_out[i]);
    builder_.add(observed_.view(), first_number + i);
  }
  builder_.build(batch_);
  local_step(batch_, topics_, hyper_, options_, parallel, responsibilities_);

  scores.assign(documents.size(), {});
  const std::uint32_t num_topics = topics_.num_topics();
  std::vector<std::vector<double>> weights(static_cast<std::size_t>(parallel.threads()));
  parallel.for_chunks(documents.size(), 4, [&](std::size_t begin, std::size_t end, int thread) {
    std::vector<double>& weight = weights[static_cast<std::size_t>(thread)];
    weight.resize(num_topics);
    for (std::size_t i = begin; i < end; ++i) {
      // theta_k / Sum_w lambda_kw, so that its product with lambda is theta_k E[beta_kw].
      const float* gamma = responsibilities_.gamma.data() + i * responsibilities_.stride;
      double total = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) total += static_cast<double>(gamma[k]);
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        weight[k] = static_cast<double>(gamma[k]) / total / topics_.row_sums()[k];
      }
      const DocumentView rest = held_out[i].view();
      for (std::size_t j = 0; j < rest.words.size(); ++j) {
        const double p = weighted_lambda(topics_.row(rest.words[j]), topics_.scale(),
                                         topics_.eta_bar(rest.words[j]), weight.data(), num_topics);
        if (!(p > 0.0 && std::isfinite(p))) {
          throw Error(ErrorKind::kNumeric,
                      "document " + std::to_string(first_number + i) +
                          ": a word's probability is not positive",
                      "the model is damaged; train it again");
        }
        scores[i].log_likelihood += rest.counts[j] * std::log(p);
        scores[i].tokens += rest.counts[j];
      }
    }
  });
}

}  // namespace svi_lda

#include "svi_lda/evaluate.h"

#include <spdlog/spdlog.h>

#include <numeric>
#include <string>
#include <vector>

#include "app/document_chunks.h"
#include "app/locate_model.h"
#include "base/isa.h"
#include "eval/bound.h"
#include "eval/completion.h"
#include "eval/ratio_estimate.h"
#include "eval/unigram.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsAtATime = 512;

Estimate to_estimate(const RatioEstimate& from) {
  return {from.perplexity(), from.nats_per_token(), from.standard_error(), from.tokens(),
          from.docs()};
}

}  // namespace

EvaluateResult evaluate(const EvaluateOptions& options) {
  EvaluateResult result;
  use_isa("auto");
  const Model model = load_model(options.run, result.model);
  const Parallel parallel(options.threads > 0 ? static_cast<int>(options.threads)
                                              : available_processors());
  const auto iterations = static_cast<int>(options.inner_iterations);
  DocumentChunks chunks(options.corpus, options.vocabulary, options.corpus_format, model);
  CompletionScorer completion(model.topics, model.hyper, iterations, options.inner_tolerance,
                              options.seed);
  BoundScorer bound(model.topics, model.hyper, iterations, options.inner_tolerance);
  const Unigram unigram(model.word_counts);

  RatioEstimate completion_total;
  RatioEstimate bound_total;
  RatioEstimate unigram_total;
  std::vector<CompletionScorer::Score> scores;
  std::vector<Document> held_out;
  std::vector<double> bounds;
  while (chunks.next(kDocsAtATime)) {
    completion.score(chunks.documents, chunks.first_number, parallel, scores, held_out);
    bound.score(chunks.documents, chunks.first_number, parallel, bounds);
    for (std::size_t i = 0; i < chunks.documents.size(); ++i) {
      const std::uint64_t tokens = chunks.documents[i].view().tokens();
      ++result.docs;
      if (tokens == 0) ++result.empty_docs;
      result.tokens += tokens;
      result.out_of_vocabulary += chunks.unknown[i];
      completion_total.add(scores[i].log_likelihood, scores[i].tokens);
      unigram_total.add(unigram.log_likelihood(held_out[i].view()), scores[i].tokens);
      bound_total.add(bounds[i], tokens);
    }
  }
  if (completion_total.tokens() == 0) {
    throw Error(ErrorKind::kInput, options.corpus, 0,
                "no document has two tokens of the model's vocabulary, which completion needs",
                result.tokens == 0 && result.out_of_vocabulary > 0
                    ? "check that the ids are those of the model, or give --vocab FILE"
                    : "give longer documents");
  }
  result.completion = to_estimate(completion_total);
  result.bound = to_estimate(bound_total);
  result.unigram = to_estimate(unigram_total);
  return result;
}

}  // namespace svi_lda

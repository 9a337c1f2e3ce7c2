#include "app/start.h"

#include <limits>
#include <vector>

#include "app/inference_method.h"
#include "app/seed_words.h"
#include "global/seeded_prior.h"
#include "minibatch/document_order.h"
#include "model/document_start.h"
#include "model/random_start.h"

namespace svi_lda {
namespace {

// A topic begins as so many tokens, or so many documents where these are short. 60 tokens were as
// good as 300 by most methods, or better, and 3000 worse.
constexpr std::uint64_t kTokens = 60;
constexpr std::uint64_t kMostDocuments = 30;

// With few documents noise needs several passes to become topics; many sort themselves, and then
// topics that began as documents stay the worse. Perplexity after 8 passes, random and documents,
// imdb cut to 5,000, 15,000, 40,000 documents: 5029, 4974; 4394, 4461; 4014, 4099; aclabs (7,600)
// 985, 978. After 5, kos (3,100) and ap (2,000) are 1% and 4% in favour of documents.
constexpr double kManyDocuments = 10000.0;

// Documents for one topic after the other, in the order of a permutation of the corpus, so that
// topics share documents only where there are too few; then in that of another.
class DocumentDraw {
 public:
  DocumentDraw(const CacheReader& documents, std::uint64_t seed)
      : documents_(documents), docs_(documents.summary().docs), seed_(seed) {}

  void operator()(std::uint32_t topic, std::vector<WordCount>& words) {
    // Each topic has places of its own, so that what one takes does not move the next one's.
    const std::uint64_t first = topic * kMostDocuments;
    std::uint64_t tokens = 0;
    for (std::uint64_t i = 0; i < kMostDocuments && tokens < kTokens; ++i) {
      const std::uint64_t place = first + i;
      // No pass of training has such a number.
      const std::uint64_t order = std::numeric_limits<std::uint64_t>::max() - place / docs_;
      documents_.read(DocumentOrder(docs_, seed_, order)(place % docs_), document_);
      for (std::size_t e = 0; e < document_.words.size(); ++e) {
        words.push_back({document_.words[e], document_.counts[e]});
      }
      tokens += document_.view().tokens();
    }
  }

 private:
  const CacheReader& documents_;
  std::uint64_t docs_;
  std::uint64_t seed_;
  Document document_;
};

}  // namespace

Start start_of(const TrainOptions& options, double docs) {
  if (options.init != "auto") {
    return options.init == "documents" ? Start::kDocuments : Start::kRandom;
  }
  // Documents of other subjects would hold seeded words back, and em stays in the topics that
  // documents suggest, which cost it up to 7% of perplexity.
  const bool random = docs >= kManyDocuments || !options.seed_words.empty() ||
                      method_of(options) == InferenceMethod::kEm;
  return random ? Start::kRandom : Start::kDocuments;
}

void start_topics(const TrainOptions& options, Start start, std::uint64_t seed,
                  const TrainingCorpus& corpus, const Parallel& parallel, TrainingState& state) {
  const CacheReader* documents = corpus.documents();
  if (start == Start::kDocuments && documents != nullptr) {
    document_start(state.topics, seed, DocumentDraw(*documents, seed), parallel);
  } else {
    random_start(state.topics, seed, parallel);
  }
  if (options.seed_words.empty()) return;
  state.hyper.seeds =
      read_seed_words(options.seed_words, state.topics.num_topics(), options.seed_weight,
                      corpus.vocabulary(), corpus.word_counts());
  add_seeded_prior(state.hyper.seeds, 1.0, 0, options.seed, state.topics);
}

}  // namespace svi_lda

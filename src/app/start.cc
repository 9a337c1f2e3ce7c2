#include "app/start.h"

#include <memory>
#include <string>
#include <string_view>

#include "app/anchor_start.h"
#include "app/document_draw.h"
#include "app/inference_method.h"
#include "app/seed_words.h"
#include "app/vectorizer_file.h"
#include "global/seeded_prior.h"
#include "model/informed_start.h"
#include "model/random_start.h"
#include "svi_lda/error.h"
#include "text/analyzer.h"

namespace svi_lda {
namespace {

// With few documents noise needs several passes to become topics; many sort themselves, and then
// topics that began as documents stay the worse. Perplexity after 8 passes, random and documents,
// imdb cut to 5,000, 15,000, 40,000 documents: 5029, 4974; 4394, 4461; 4014, 4099; aclabs (7,600)
// 985, 978. After 5, kos (3,100) and ap (2,000) are 1% and 4% in favour of documents.
constexpr double kManyDocuments = 10000.0;

// How much of a topic's start is its documents; see informed_start(). On two corpora perplexity was
// up to 9% worse with 0.5, and no better with 0.05.
constexpr double kDocumentShare = 0.1;

// The variational local step goes least far from where topics begin. Perplexity after 5 passes,
// random, documents and anchors, K = 100, a tenth of the training halves held out, mean of two
// seeds: vb, ap 3099, 2958, 2864; kos 1843, 1803, 1819; reuters21578 1419, 1323, 1190; imdb cut to
// 20,000 (one seed) 5622, 5853, 5574; batch, ap 2974, 2558, 2512; kos 1707, 1502, 1478. The others
// lose by anchors where they do not gain: cvb0, ap 2348, 2320, 2306; kos 1442, 1422, 1447;
// aclabs 983, 1021, 979; reuters21578 897, 896, 898; imdb cut to 20,000 4382, 4645, 4512; em, ap
// 2357, 2370, 2338; kos 1476, 1519, 1518; reuters21578 1056, 1157, 1097.
constexpr std::int64_t kMostAnchoredTopics = 1000;  // what it takes grows with their square
bool stays_where_it_began(InferenceMethod method) {
  return method == InferenceMethod::kVb || is_coordinate_ascent(method);
}

// The word that raw text would have been counted as, by vectorizer.json; the word itself where
// there is none, or where it makes none or several of it.
WordForm form_in_text(const std::string& vectorizer) {
  if (vectorizer.empty()) return [](std::string_view word) { return std::string(word); };
  const auto analyzer =
      std::make_shared<Analyzer>(vectorizer_from_json("vectorizer.json", vectorizer).analyzer);
  return [analyzer](std::string_view word) {
    Tokens terms;
    analyzer->analyze(word, terms);
    return std::string(terms.size() == 1 ? terms[0] : word);
  };
}

}  // namespace

Start start_of(const TrainOptions& options, double docs) {
  if (options.init == "anchors") return Start::kAnchors;
  if (options.init == "documents") return Start::kDocuments;
  if (options.init == "random") return Start::kRandom;
  // Topics of other subjects would hold seeded words back.
  if (!options.seed_words.empty()) return Start::kRandom;
  const InferenceMethod method = method_of(options);
  if (options.corpus_size == 0 && stays_where_it_began(method) &&
      options.topics <= kMostAnchoredTopics) {
    return Start::kAnchors;
  }
  // em stays in the topics that documents suggest, which cost it up to 7% of perplexity.
  const bool random = docs >= kManyDocuments || method == InferenceMethod::kEm;
  return random ? Start::kRandom : Start::kDocuments;
}

void start_topics(const TrainOptions& options, Start start, std::uint64_t seed,
                  const TrainingCorpus& corpus, const Parallel& parallel, TrainingState& state) {
  const CacheReader* documents = corpus.documents();
  if (start == Start::kDocuments && documents != nullptr) {
    informed_start(state.topics, seed, kDocumentShare, DocumentDraw(*documents, seed), parallel);
  } else if (start == Start::kAnchors && documents != nullptr) {
    anchor_start(state.topics, seed, *documents, parallel);
  } else {
    random_start(state.topics, seed, parallel);
  }
  if (options.seed_words.empty()) return;
  if (corpus.vocabulary().empty()) {
    throw Error(ErrorKind::kUsage, "--seed-words without --vocab: the corpus has ids, no words",
                "add --vocab FILE");
  }
  state.hyper.seeds =
      read_seed_words(options.seed_words, state.topics.num_topics(), options.seed_weight,
                      corpus.vocabulary(), corpus.word_counts(), form_in_text(corpus.vectorizer()));
  add_seeded_prior(state.hyper.seeds, 1.0, 0, options.seed, state.topics);
}

}  // namespace svi_lda

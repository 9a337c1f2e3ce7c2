#include "app/training_corpus.h"

#include <utility>

#include "app/automatic.h"
#include "app/corpus_folder.h"
#include "app/corpus_ingest.h"
#include "app/inference_method.h"
#include "app/stream_option.h"
#include "app/streamed_corpus.h"
#include "app/text_options.h"
#include "app/unbounded_corpus.h"
#include "minibatch/cache_passes.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// How each pass visits `docs` documents.
CachePasses::Order order_of(TrainOptions options, std::uint64_t docs) {
  resolve_automatic(options, static_cast<double>(docs));
  const bool shuffled = options.order == "shuffled";
  if (method_of(options) == InferenceMethod::kIncremental) {
    return [=, block = static_cast<std::uint64_t>(options.batch_size),
            seed = options.seed](std::uint64_t pass) {
      return DocumentOrder::of_blocks(docs, block, shuffled, seed, pass);
    };
  }
  return [=, seed = options.seed](std::uint64_t pass) {
    return shuffled ? DocumentOrder(docs, seed, pass) : DocumentOrder(docs);
  };
}

// The whole corpus in a cache before the first step.
class CachedCorpus : public TrainingCorpus {
 public:
  CachedCorpus(const TrainOptions& options, Vocabulary vocabulary, std::string vectorizer,
               std::unique_ptr<CacheReader> cache, std::unique_ptr<CacheReader> held_out)
      : cache_(std::move(cache)), passes_(*cache_, order_of(options, cache_->summary().docs)) {
    vocabulary_ = std::move(vocabulary);
    vectorizer_ = std::move(vectorizer);
    held_out_ = std::move(held_out);
    vocab_size_ = cache_->summary().vocab_size;
    docs_ = static_cast<double>(cache_->summary().docs);
    word_counts_ = cache_->word_counts();
    if (vocabulary_.empty()) vocabulary_ = cache_->vocabulary();
  }

  const std::vector<std::uint64_t>& word_counts() const override { return word_counts_; }
  CorpusSummary summary() const override { return cache_->summary(); }
  const CacheReader* documents() const override { return cache_.get(); }

  std::unique_ptr<DocumentStream> open_pass(std::uint64_t pass, std::uint64_t skip) override {
    return passes_.open_pass(pass, skip);
  }
  std::optional<std::uint64_t> docs_by_place(std::uint64_t pass) const override {
    return passes_.docs_by_place(pass);
  }

 private:
  std::unique_ptr<CacheReader> cache_;
  CachePasses passes_;
  std::vector<std::uint64_t> word_counts_;
};

bool wants_held_out(const TrainOptions& options) {
  return !options.held_out.empty() || options.held_out_fraction > 0.0;
}

}  // namespace

std::unique_ptr<TrainingCorpus> cached_corpus(const TrainOptions& options, Vocabulary vocabulary,
                                              std::string vectorizer,
                                              std::unique_ptr<CacheReader> cache,
                                              std::unique_ptr<CacheReader> held_out) {
  return std::make_unique<CachedCorpus>(options, std::move(vocabulary), std::move(vectorizer),
                                        std::move(cache), std::move(held_out));
}

std::unique_ptr<CacheReader> open_if_complete(const std::string& path) {
  try {
    return std::make_unique<CacheReader>(path);
  } catch (const Error&) {
    return nullptr;  // absent, half-written or damaged: it is made again
  }
}

void require_same(const TrainOptions& options, const RunCorpus& expected,
                  const CorpusSummary& found) {
  if (found.fingerprint == expected.fingerprint && found.docs == expected.docs) return;
  throw Error(ErrorKind::kInput, options.corpus, 0, "is not the corpus that the run began with",
              "put that corpus back, or start a new run");
}

std::unique_ptr<TrainingCorpus> TrainingCorpus::open(const TrainOptions& options,
                                                     const RunDirectory& directory,
                                                     const std::optional<RunCorpus>& expected,
                                                     bool may_read_pipe,
                                                     const std::function<int()>& stopped) {
  if (is_stream(options)) {
    if (!may_read_pipe) throw stream_needed(directory.path());
    Vocabulary vocabulary;
    if (!options.vocabulary.empty()) vocabulary = Vocabulary::read(options.vocabulary);
    return open_unbounded_corpus(options, std::move(vocabulary), directory, expected, stopped);
  }
  TrainOptions counted = options;
  // A run that goes on has its text counted already, unless it was finished and cleared away.
  const CorpusFolder of_text(directory.corpus_folder());
  const bool is_counted = expected && of_text.exists() && of_text.is_of_run();
  if (is_counted || is_raw_text(corpus_input(options), options.text)) {
    corpus_input(options).require_no_orientation("raw text");
    if (!is_counted) {
      if (reads_standard_input(options) && !may_read_pipe) throw pipe_needed(directory.path());
      vectorize_for_run(options, directory, stopped);
    }
    counted.corpus = of_text.path();
    counted.further_corpora.clear();
    counted.vocabulary.clear();
  }
  std::string vectorizer;
  if (counted.further_corpora.empty()) {
    vectorizer = resolve_corpus_folder(counted.corpus, counted.vocabulary);
  } else {
    // Also with a vocabulary of their own: a folder's words are looked up in it by name.
    vectorizer = common_vectorizer(corpus_input(counted).paths());
  }
  auto corpus = open_counted(counted, directory, expected, may_read_pipe, vectorizer, stopped);
  corpus->vectorizer_ = std::move(vectorizer);
  return corpus;
}

std::unique_ptr<TrainingCorpus> TrainingCorpus::open_counted(
    const TrainOptions& options, const RunDirectory& directory,
    const std::optional<RunCorpus>& expected, bool may_read_pipe, const std::string& vectorizer,
    const std::function<int()>& stopped) {
  Vocabulary vocabulary;
  if (!options.vocabulary.empty()) vocabulary = Vocabulary::read(options.vocabulary);
  if (options.corpus_size > 0) {
    return open_streamed_corpus(options, std::move(vocabulary), vectorizer, directory,
                                may_read_pipe, stopped);
  }
  if (expected) {
    auto cache = open_if_complete(directory.cache());
    auto held_out =
        wants_held_out(options) ? open_if_complete(directory.held_out_cache()) : nullptr;
    if (cache && cache->summary().fingerprint == expected->fingerprint &&
        (held_out || !wants_held_out(options))) {
      return cached_corpus(options, std::move(vocabulary), {}, std::move(cache),
                           std::move(held_out));
    }
  }
  if (reads_standard_input(options) && !may_read_pipe) throw pipe_needed(directory.path());
  const std::uint32_t vocab_size = ingest_corpus(options, vocabulary, directory, stopped);
  auto cache = std::make_unique<CacheReader>(directory.cache());
  if (expected) require_same(options, *expected, cache->summary());
  if (!options.held_out.empty()) {
    ingest_held_out(options, vocabulary, vocab_size, vectorizer, directory, stopped);
  }
  auto held_out =
      wants_held_out(options) ? std::make_unique<CacheReader>(directory.held_out_cache()) : nullptr;
  return cached_corpus(options, std::move(vocabulary), {}, std::move(cache), std::move(held_out));
}

}  // namespace svi_lda

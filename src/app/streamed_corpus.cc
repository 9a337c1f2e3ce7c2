#include "app/streamed_corpus.h"

#include <utility>

#include "app/corpus_ingest.h"
#include "app/stream_option.h"
#include "minibatch/cache_passes.h"
#include "minibatch/shuffle_buffer.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class StreamedCorpus : public TrainingCorpus {
 public:
  StreamedCorpus(const TrainOptions& options, Vocabulary vocabulary, const std::string& vectorizer,
                 RunDirectory directory, bool may_read_pipe, std::function<int()> stopped)
      : options_(options), directory_(std::move(directory)), stopped_(std::move(stopped)) {
    vocabulary_ = std::move(vocabulary);
    docs_ = static_cast<double>(options.corpus_size);
    TrainOptions resolved = options;
    resolve_shuffle_buffer(resolved);
    buffer_ = shuffle_buffer_docs(resolved);
    try {
      open_cache();
      vocab_size_ = cache_->summary().vocab_size;
      word_counts_ = cache_->word_counts();
    } catch (const Error&) {  // absent or half-written: the text is read again
      if (reads_standard_input(options) && !may_read_pipe) throw pipe_needed(directory_.path());
      open_reader();
    }
    if (!options.held_out.empty()) {
      ingest_held_out(options, vocabulary_, vocab_size_, vectorizer, directory_, stopped_);
      held_out_ = std::make_unique<CacheReader>(directory_.held_out_cache());
    }
  }

  const std::vector<std::uint64_t>& word_counts() const override { return word_counts_; }

  CorpusSummary summary() const override {
    if (cache_) return cache_->summary();
    CorpusSummary so_far = writer_ ? writer_->summary() : CorpusSummary{};
    so_far.vocab_size = vocab_size_;
    return so_far;
  }

  std::unique_ptr<DocumentStream> open_pass(std::uint64_t pass, std::uint64_t skip) override {
    if (docs_by_place(pass)) return passes_->open_pass(pass, skip);
    std::unique_ptr<DocumentStream> in_order;
    if (passes_) {
      in_order = passes_->open_pass(pass, 0);
    } else {
      in_order = std::make_unique<FirstPass>(*this);
    }
    auto shuffled = std::make_unique<ShuffleBuffer>(std::move(in_order), buffer_, options_.seed);
    Document document;
    std::uint64_t number = 0;
    for (std::uint64_t i = 0; i < skip && shuffled->next(document, number); ++i) {
      if (i % 1024 == 0) throw_if_stopped(stopped_);
    }
    return shuffled;
  }
  std::optional<std::uint64_t> docs_by_place(std::uint64_t pass) const override {
    return passes_ && (pass > 0 || buffer_ <= 1) ? passes_->docs_by_place(pass) : std::nullopt;
  }

 private:
  // Reads the text, counts words, writes the cache.
  class FirstPass : public DocumentStream {
   public:
    explicit FirstPass(StreamedCorpus& corpus) : corpus_(corpus) {}
    bool next(Document& document, std::uint64_t& number) override {
      if (corpus_.read_next(document)) {
        number = ++read_;
        return true;
      }
      if (read_ == 0) {
        throw Error(ErrorKind::kInput, corpus_.options_.corpus, 0, "holds no document to train on",
                    "give a corpus with at least one token");
      }
      return false;
    }

   private:
    StreamedCorpus& corpus_;
    std::uint64_t read_ = 0;
  };

  void open_cache() {
    cache_ = std::make_unique<CacheReader>(directory_.cache());
    if (vocabulary_.empty()) vocabulary_ = cache_->vocabulary();
    // The first pass is in the order of the text, or shuffled by the buffer as that comes, from the
    // cache too: a run that was resumed after the text had been read must see what it would have
    // seen.
    passes_.emplace(*cache_, [docs = cache_->summary().docs, seed = options_.seed,
                              shuffled = options_.order == "shuffled"](std::uint64_t pass) {
      return shuffled && pass > 0 ? DocumentOrder(docs, seed, pass) : DocumentOrder(docs);
    });
  }

  void open_reader() {
    // Read beside the local step, by one of its threads: another would be one too many.
    reader_ = open_training_corpus(options_, vocabulary_, false);
    vocab_size_ = vocab_size_before_reading(options_, *reader_, vocabulary_);
    writer_ = std::make_unique<CacheWriter>(directory_.cache());
    word_counts_.assign(vocab_size_, 0);
  }

  // The next non-empty document; at the end of the text the cache is complete.
  bool read_next(Document& document) {
    while (reader_ && reader_->next(document)) {
      writer_->add(document.view());
      if (document.words.empty()) continue;
      for (std::size_t i = 0; i < document.words.size(); ++i) {
        word_counts_[document.words[i]] += document.counts[i];
      }
      return true;
    }
    if (reader_) {
      warn_of_unmapped(*reader_, options_.corpus);
      reader_.reset();
      writer_->finish(vocab_size_, vocabulary_);
      writer_.reset();
      open_cache();
    }
    return false;
  }

  TrainOptions options_;
  std::uint64_t buffer_ = 0;  // documents; 0 or 1 = the first pass is in the order of the text
  RunDirectory directory_;
  std::function<int()> stopped_;
  std::unique_ptr<CorpusReader> reader_;
  std::unique_ptr<CacheWriter> writer_;
  std::unique_ptr<CacheReader> cache_;
  std::optional<CachePasses> passes_;  // over the cache, once that is complete
  std::vector<std::uint64_t> word_counts_;
};

}  // namespace

std::unique_ptr<TrainingCorpus> open_streamed_corpus(
    const TrainOptions& options, Vocabulary vocabulary, const std::string& vectorizer,
    const RunDirectory& directory, bool may_read_pipe, const std::function<int()>& stopped) {
  return std::make_unique<StreamedCorpus>(options, std::move(vocabulary), vectorizer, directory,
                                          may_read_pipe, stopped);
}

}  // namespace svi_lda

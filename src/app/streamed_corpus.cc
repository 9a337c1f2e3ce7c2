#include "app/streamed_corpus.h"

#include <utility>

#include "app/corpus_ingest.h"
#include "corpus/corpus_words.h"
#include "minibatch/cache_passes.h"
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
    if (!passes_) return std::make_unique<FirstPass>(*this, skip);
    return passes_->open_pass(pass, skip);
  }
  std::optional<std::uint64_t> docs_by_place(std::uint64_t pass) const override {
    return passes_ ? passes_->docs_by_place(pass) : std::nullopt;
  }

 private:
  // Reads the text, counts words, writes the cache; leaves out the first `skip` documents.
  class FirstPass : public DocumentStream {
   public:
    FirstPass(StreamedCorpus& corpus, std::uint64_t skip) : corpus_(corpus), skip_(skip) {}
    bool next(Document& document, std::uint64_t& number) override {
      while (corpus_.read_next(document)) {
        number = ++read_;
        if (read_ > skip_) return true;
        if (read_ % 1024 == 0) throw_if_stopped(corpus_.stopped_);
      }
      if (read_ == 0) {
        throw Error(ErrorKind::kInput, corpus_.options_.corpus, 0, "holds no document to train on",
                    "give a corpus with at least one token");
      }
      return false;
    }

   private:
    StreamedCorpus& corpus_;
    std::uint64_t skip_;
    std::uint64_t read_ = 0;
  };

  void open_cache() {
    cache_ = std::make_unique<CacheReader>(directory_.cache());
    if (vocabulary_.empty()) vocabulary_ = cache_->vocabulary();
    // The first pass is in the order of the text, from the cache too: a run that was resumed after
    // the text had been read must see what it would have seen.
    passes_.emplace(*cache_, [docs = cache_->summary().docs, seed = options_.seed,
                              shuffled = options_.order == "shuffled"](std::uint64_t pass) {
      return shuffled && pass > 0 ? DocumentOrder(docs, seed, pass) : DocumentOrder(docs);
    });
  }

  void open_reader() {
    // Read beside the local step, by one of its threads: another would be one too many.
    reader_ = open_training_corpus(options_, vocabulary_, false);
    const auto declared = reader_->declared_vocab_size();
    if (declared && vocabulary_.empty() && reader_->words() != nullptr) {
      vocabulary_ = reader_->words()->vocabulary();
    }
    vocab_size_ = vocabulary_.empty() ? declared.value_or(0) : vocabulary_.size();
    if (vocab_size_ == 0) {
      throw Error(ErrorKind::kInput, options_.corpus, 0,
                  "its format does not say how many words there are, which --corpus-size needs",
                  "give --vocab FILE, or leave --corpus-size out");
    }
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

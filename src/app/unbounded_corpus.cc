#include "app/unbounded_corpus.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "app/automatic.h"
#include "app/corpus_folder.h"
#include "app/corpus_ingest.h"
#include "app/stream_option.h"
#include "app/text_options.h"
#include "app/vectorizer_file.h"
#include "base/random.h"
#include "corpus/byte_source.h"
#include "corpus/corpus_words.h"
#include "minibatch/shuffle_buffer.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kDocsBetweenChecks = 1024;

class UnboundedCorpus : public TrainingCorpus {
 public:
  UnboundedCorpus(const TrainOptions& options, Vocabulary vocabulary, const RunDirectory& directory,
                  const std::optional<RunCorpus>& done, std::function<int()> stopped)
      : stopped_(std::move(stopped)) {
    vocabulary_ = std::move(vocabulary);
    docs_ = static_cast<double>(options.corpus_size);
    open_reader(options);
    TrainOptions resolved = options;
    resolve_automatic(resolved, docs_);
    documents_ = std::make_unique<ShuffleBuffer>(std::make_unique<NonEmpty>(*this),
                                                 shuffle_buffer_docs(resolved), options.seed);
    word_counts_.assign(vocab_size_, 0);
    trained_on_.vocab_size = vocab_size_;
    if (!options.held_out.empty()) {
      ingest_held_out(options, vocabulary_, vocab_size_, vectorizer_, directory, stopped_);
      held_out_ = std::make_unique<CacheReader>(directory.held_out_cache());
    }
    if (done && done->docs > 0) leave_out(*done);
  }

  const std::vector<std::uint64_t>& word_counts() const override { return word_counts_; }
  CorpusSummary summary() const override { return trained_on_; }

  // The only pass, what was trained on left out already.
  std::unique_ptr<DocumentStream> open_pass(std::uint64_t, std::uint64_t) override {
    return std::move(documents_);
  }
  std::optional<std::uint64_t> docs_by_place(std::uint64_t) const override { return std::nullopt; }

  void trained_on(const Minibatch& batch) override {
    for (std::size_t d = 0; d < batch.num_docs(); ++d) {
      document_.clear();
      for (std::uint32_t e = batch.doc_begin[d]; e < batch.doc_begin[d + 1]; ++e) {
        document_.words.push_back(batch.words[batch.entry_word[e]]);
        document_.counts.push_back(static_cast<std::uint32_t>(batch.entry_count[e]));
      }
      count(document_);
    }
  }

 private:
  // The documents of the pipe that have a word.
  class NonEmpty : public DocumentStream {
   public:
    explicit NonEmpty(UnboundedCorpus& corpus) : corpus_(corpus) {}
    bool next(Document& document, std::uint64_t& number) override {
      return corpus_.read_next(document, number);
    }

   private:
    UnboundedCorpus& corpus_;
  };

  void open_reader(const TrainOptions& options) {
    if (is_raw_text(corpus_input(options), options.text)) {
      open_text(options);
      return;
    }
    // Read beside the local step, by one of its threads: another would be one too many.
    reader_ = open_training_corpus(options, vocabulary_, false);
    vocab_size_ = vocab_size_before_reading(options, *reader_, vocabulary_);
  }

  void open_text(const TrainOptions& options) {
    if (vocabulary_.empty()) {
      throw Error(ErrorKind::kInput, display_name("-"), 0,
                  "raw text in a stream has no vocabulary before it is read",
                  "give --vocab FILE (of a sample: svi-lda vectorize SAMPLE -o FOLDER writes "
                  "FOLDER/vocab.txt), or leave --corpus-size out to have all words counted first");
    }
    require_no_selection_of_words(options);
    vectorizer_ =
        vectorizer_to_json(options.vocabulary, options.text, analyzer_options(options.text));
    reader_ = open_named_documents(corpus_input(options), {}, options.text, 1, vocabulary_,
                                   vectorizer_, options.vocabulary);
    vocab_size_ = vocabulary_.size();
  }

  bool read_next(Document& document, std::uint64_t& number) {
    while (reader_->next(document)) {
      if (++read_ % kDocsBetweenChecks == 0 && stopped_ && stopped_() != 0) {
        throw Error(ErrorKind::kStopped, "stopped while the stream was being read",
                    "svi-lda resume RUN --corpus - goes on, with the stream from its beginning");
      }
      unknown_ += drop_unknown_words(document, vocab_size_);
      if (document.words.empty()) {
        ++trained_on_.empty_docs;
        continue;
      }
      number = read_;
      return true;
    }
    if (read_ == trained_on_.empty_docs) {
      throw Error(ErrorKind::kInput, display_name("-"), 0, "holds no document to train on",
                  "give a stream with at least one token");
    }
    if (const std::uint64_t tokens = unknown_ + reader_->unmapped_tokens(); tokens > 0) {
      spdlog::warn("the stream had {} tokens of words outside the vocabulary, which are left out",
                   tokens);
    }
    return false;
  }

  void leave_out(const RunCorpus& done) {
    spdlog::info("skipping the first {} documents of the stream, on which the run was trained",
                 done.docs);
    std::uint64_t number = 0;
    while (trained_on_.docs < done.docs && documents_->next(document_, number)) count(document_);
    if (trained_on_.docs == done.docs && trained_on_.fingerprint == done.fingerprint) return;
    throw Error(
        ErrorKind::kInput, display_name("-"), 0,
        trained_on_.docs < done.docs
            ? "ends after " + std::to_string(trained_on_.docs) + " documents, of the " +
                  std::to_string(done.docs) + " that the run was trained on"
            : "is not the stream that the run was trained on: its first " +
                  std::to_string(done.docs) + " documents are others",
        "send the same stream from its beginning; to go on with other documents: svi-lda update");
  }

  void count(const Document& document) {
    ++trained_on_.docs;
    trained_on_.entries += document.words.size();
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      word_counts_[document.words[i]] += document.counts[i];
      trained_on_.tokens += document.counts[i];
    }
    trained_on_.fingerprint = mix64(trained_on_.fingerprint ^ content_hash(document.view()));
  }

  std::function<int()> stopped_;
  std::unique_ptr<CorpusReader> reader_;
  std::unique_ptr<DocumentStream> documents_;
  std::uint64_t read_ = 0;
  std::uint64_t unknown_ = 0;
  // As far as training has come, which is behind reading: a run that goes on has the same.
  CorpusSummary trained_on_;
  std::vector<std::uint64_t> word_counts_;
  Document document_;
};

}  // namespace

std::unique_ptr<TrainingCorpus> open_unbounded_corpus(const TrainOptions& options,
                                                      Vocabulary vocabulary,
                                                      const RunDirectory& directory,
                                                      const std::optional<RunCorpus>& done,
                                                      const std::function<int()>& stopped) {
  return std::make_unique<UnboundedCorpus>(options, std::move(vocabulary), directory, done,
                                           stopped);
}

}  // namespace svi_lda

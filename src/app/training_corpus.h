#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/run_directory.h"
#include "corpus/cache.h"
#include "corpus/corpus_reader.h"
#include "corpus/vocabulary.h"
#include "minibatch/document_stream.h"
#include "minibatch/minibatch.h"
#include "output/run_record.h"
#include "svi_lda/train.h"

namespace svi_lda {

// The documents that a run trains on, and the held-out ones: read once into caches beside RUN, or
// (with --corpus-size) read as a stream in the first pass, which writes the cache on its way, or,
// where there are no passes (app/stream_option.h), not kept at all.
class TrainingCorpus : public PassSource {
 public:
  // Opens the caches of RUN where they are complete and are those of `expected` (nothing expected:
  // never), else the corpus itself. Where it is counted first, this reads it all.
  // A corpus "-" is read only if `may_read_pipe`: a run that goes on has used its pipe up.
  // `stopped` is asked now and then while reading; a signal is an Error kStopped.
  // Raw text is counted first, into the corpus folder RUN.corpus. Of a stream, which is never
  // complete, what is expected is what the run was trained on so far.
  // Fails: Error kInput, kIo; no cache is left then.
  static std::unique_ptr<TrainingCorpus> open(const TrainOptions& options,
                                              const RunDirectory& directory,
                                              const std::optional<RunCorpus>& expected,
                                              bool may_read_pipe,
                                              const std::function<int()>& stopped);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  std::uint32_t vocab_size() const { return vocab_size_; }
  // vectorizer.json of the text that it was made of; empty where it was counted elsewhere.
  const std::string& vectorizer() const { return vectorizer_; }
  // D: what (D/S) scales to.
  double docs() const { return docs_; }
  // Training tokens of each word, of what has been read so far.
  virtual const std::vector<std::uint64_t>& word_counts() const = 0;
  // Of what has been read so far; complete once the first pass is.
  virtual CorpusSummary summary() const = 0;
  // Training has come to the end of `batch`, the next one of the passes.
  virtual void trained_on(const Minibatch& /*batch*/) {}
  // The training documents by place; null where they come from front to back.
  virtual const CacheReader* documents() const { return nullptr; }
  // The held-out documents; null where there are none.
  const CacheReader* held_out() const { return held_out_.get(); }

 private:
  static std::unique_ptr<TrainingCorpus> open_counted(const TrainOptions& options,
                                                      const RunDirectory& directory,
                                                      const std::optional<RunCorpus>& expected,
                                                      bool may_read_pipe,
                                                      const std::string& vectorizer,
                                                      const std::function<int()>& stopped);

 protected:
  Vocabulary vocabulary_;
  std::string vectorizer_;
  std::uint32_t vocab_size_ = 0;
  double docs_ = 0.0;
  std::unique_ptr<CacheReader> held_out_;
};

// The documents of a complete cache. `vocabulary`: its words; empty where it has them itself, or
// none are known. `vectorizer`: see vectorizer(). `held_out` may be null.
std::unique_ptr<TrainingCorpus> cached_corpus(const TrainOptions& options, Vocabulary vocabulary,
                                              std::string vectorizer,
                                              std::unique_ptr<CacheReader> cache,
                                              std::unique_ptr<CacheReader> held_out);

// A cache that is there and whole; null where it is absent, half-written or damaged.
std::unique_ptr<CacheReader> open_if_complete(const std::string& path);

// Fails: Error kInput where `found` is not the corpus that the run began with.
void require_same(const TrainOptions& options, const RunCorpus& expected,
                  const CorpusSummary& found);

}  // namespace svi_lda

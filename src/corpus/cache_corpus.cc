#include "corpus/cache_corpus.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "corpus/cache.h"
#include "corpus/corpus_words.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class CacheCorpus final : public CorpusReader {
 public:
  explicit CacheCorpus(const std::string& path) : cache_(path), empty_(cache_.empty_runs()) {
    if (cache_.summary().docs == 0) {
      throw Error(ErrorKind::kInput, path, 0, "no document has a word",
                  "give a corpus with at least one token");
    }
    if (cache_.has_vocabulary()) words_ = std::make_unique<CorpusWords>(cache_.vocabulary());
  }

  bool next(Document& document) override {
    document.clear();
    if (run_ < empty_.size() && empty_[run_].before == next_) {
      if (empty_given_ < empty_[run_].docs) {
        ++empty_given_;
        return true;
      }
      ++run_;
      empty_given_ = 0;
    }
    if (next_ == cache_.summary().docs) return false;
    cache_.read(next_++, document);
    vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
    entries_mapped_ += document.words.size();
    if (entries_mapped_ > kEntriesMapped) {
      cache_.release_pages();
      entries_mapped_ = 0;
    }
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override {
    return cache_.summary().vocab_size;
  }
  std::optional<std::uint64_t> declared_docs() const override {
    return cache_.summary().docs + cache_.summary().empty_docs;
  }
  CorpusFormat format() const override { return CorpusFormat::kCache; }
  const std::string& path() const override { return cache_.path(); }
  std::uint32_t vocab_seen() const override { return vocab_seen_; }
  std::uint64_t line() const override { return 0; }
  const CorpusWords* words() const override { return words_.get(); }

 private:
  // Entries to read between two releases of pages: about 5 MB.
  static constexpr std::uint64_t kEntriesMapped = std::uint64_t{1} << 20;

  CacheReader cache_;
  std::vector<EmptyRun> empty_;
  std::unique_ptr<CorpusWords> words_;
  std::size_t run_ = 0;            // of empty_, the next
  std::uint64_t empty_given_ = 0;  // of that run
  std::uint64_t next_ = 0;
  std::uint64_t entries_mapped_ = 0;
  std::uint32_t vocab_seen_ = 0;
};

}  // namespace

std::unique_ptr<CorpusReader> read_cache_corpus(const std::string& path) {
  return std::make_unique<CacheCorpus>(path);
}

}  // namespace svi_lda

#include "corpus/mapped_corpus.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "corpus/bag_of_words.h"
#include "corpus/corpus_words.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class MappedCorpus final : public CorpusReader {
 public:
  MappedCorpus(std::unique_ptr<CorpusReader> reader, const Vocabulary& vocabulary)
      : reader_(std::move(reader)),
        words_(vocabulary),
        map_(map_words(reader_->words()->vocabulary(), vocabulary)) {}

  bool next(Document& document) override {
    if (!reader_->next(document)) return false;
    bag_.clear();
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      const std::uint32_t word = map_[document.words[i]];
      if (word == kNoWord) {
        unmapped_ += document.counts[i];
      } else {
        bag_.add(word, document.counts[i]);
      }
    }
    // Two words of the corpus may be one where its vocabulary repeats itself.
    if (!bag_.finish(document)) {
      throw Error(ErrorKind::kInput, reader_->path(), reader_->line(),
                  "a word stands more than " + std::to_string(kMaxCount) + " times in a document",
                  "counts are integers from 1 to " + std::to_string(kMaxCount));
    }
    if (!document.words.empty()) vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override { return words_.size(); }
  std::optional<std::uint64_t> declared_docs() const override { return reader_->declared_docs(); }
  CorpusFormat format() const override { return reader_->format(); }
  const std::string& path() const override { return reader_->path(); }
  std::uint32_t vocab_seen() const override { return vocab_seen_; }
  std::uint64_t line() const override { return reader_->line(); }
  std::string_view name() const override { return reader_->name(); }
  std::string_view label() const override { return reader_->label(); }
  const CorpusWords* words() const override { return &words_; }
  std::uint64_t unmapped_tokens() const override { return unmapped_; }

 private:
  std::unique_ptr<CorpusReader> reader_;
  CorpusWords words_;
  std::vector<std::uint32_t> map_;
  BagOfWords bag_;
  std::uint64_t unmapped_ = 0;
  std::uint32_t vocab_seen_ = 0;
};

}  // namespace

std::unique_ptr<CorpusReader> map_corpus(std::unique_ptr<CorpusReader> reader,
                                         const Vocabulary& vocabulary) {
  const CorpusWords& words = *reader->words();
  bool same = words.size() == vocabulary.size();
  for (std::uint32_t id = 0; same && id < words.size(); ++id) {
    same = words.word(id) == vocabulary.words()[id];
  }
  if (same) return reader;
  return std::make_unique<MappedCorpus>(std::move(reader), vocabulary);
}

}  // namespace svi_lda

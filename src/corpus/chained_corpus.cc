#include "corpus/chained_corpus.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/corpus_words.h"
#include "corpus/vocabulary.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class ChainedCorpus final : public CorpusReader {
 public:
  using Open = std::function<std::unique_ptr<CorpusReader>(const std::string&)>;

  ChainedCorpus(std::vector<std::string> paths, Open open)
      : paths_(std::move(paths)), open_(std::move(open)), part_(open_(paths_.front())) {
    format_ = part_->format();
    vocab_size_ = part_->declared_vocab_size();
  }

  bool next(Document& document) override {
    while (!part_->next(document)) {
      if (at_ + 1 == paths_.size()) return false;
      end_part();
      part_ = open_(paths_[++at_]);
      require_same_kind();
    }
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override { return vocab_size_; }
  // The headers of later parts have not been read.
  std::optional<std::uint64_t> declared_docs() const override { return std::nullopt; }
  CorpusFormat format() const override { return format_; }
  const std::string& path() const override { return part_->path(); }
  std::uint32_t vocab_seen() const override { return std::max(vocab_seen_, part_->vocab_seen()); }
  std::uint64_t line() const override { return part_->line(); }
  std::string_view name() const override { return part_->name(); }
  std::string_view label() const override { return part_->label(); }
  const CorpusWords* words() const override { return part_->words(); }
  std::uint64_t unmapped_tokens() const override { return unmapped_ + part_->unmapped_tokens(); }

 private:
  void end_part() {
    vocab_seen_ = vocab_seen();
    unmapped_ = unmapped_tokens();
    had_words_ = part_->words() != nullptr;
    if (format_ == CorpusFormat::kCache && had_words_ && first_words_.empty()) {
      first_words_ = part_->words()->vocabulary();
    }
  }

  void require_same_kind() const {
    const auto fail = [&](std::string problem, std::string hint) {
      throw Error(ErrorKind::kInput, display_name(paths_[at_]), 0, std::move(problem),
                  std::move(hint));
    };
    if (part_->format() != format_ || (part_->words() != nullptr) != had_words_) {
      fail(std::string("is of the format ").append(name_of(part_->format())) + ", " +
               display_name(paths_.front()) + " of " + name_of(format_),
           "the parts of a corpus have one format: convert one of them with 'svi-lda convert'");
    }
    if (!first_words_.empty() && part_->words()->vocabulary().words() != first_words_.words()) {
      fail("has other words than " + display_name(paths_.front()),
           "the parts of a corpus have one vocabulary: give --vocab FILE to map them by word");
    }
    const auto words = part_->declared_vocab_size();
    if (words != vocab_size_) {
      fail("has " + std::to_string(words.value_or(0)) + " words, " + display_name(paths_.front()) +
               " has " + std::to_string(vocab_size_.value_or(0)),
           "the parts of a corpus have one vocabulary");
    }
  }

  std::vector<std::string> paths_;
  Open open_;
  std::size_t at_ = 0;
  std::unique_ptr<CorpusReader> part_;
  CorpusFormat format_ = CorpusFormat::kAuto;
  std::optional<std::uint32_t> vocab_size_;
  bool had_words_ = false;
  Vocabulary first_words_;  // of caches
  std::uint32_t vocab_seen_ = 0;
  std::uint64_t unmapped_ = 0;
};

}  // namespace

std::unique_ptr<CorpusReader> chain_corpora(
    std::vector<std::string> paths,
    std::function<std::unique_ptr<CorpusReader>(const std::string&)> open) {
  if (paths.size() == 1) return open(paths.front());
  return std::make_unique<ChainedCorpus>(std::move(paths), std::move(open));
}

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/bag_of_words.h"
#include "corpus/corpus_reader.h"
#include "corpus/corpus_words.h"
#include "corpus/line_reader.h"

namespace svi_lda {

// What corpora of a document a line have in common; a format says what a line means. Blank lines
// may only stand at the end of the file.
class LineCorpus : public CorpusReader {
 public:
  bool next(Document& document) final;
  std::optional<std::uint32_t> declared_vocab_size() const override { return std::nullopt; }
  std::optional<std::uint64_t> declared_docs() const final { return std::nullopt; }
  CorpusFormat format() const final { return format_; }
  const std::string& path() const final { return lines_.path(); }
  std::uint32_t vocab_seen() const final { return vocab_seen_; }
  std::uint64_t line() const final { return doc_line_; }
  std::string_view name() const final { return name_; }
  std::string_view label() const final { return label_; }

 protected:
  // `for_empty`: what to write for an empty document, for a hint. `sums`: whether a word may stand
  // in a line more than once and then has the sum.
  LineCorpus(LineReader lines, CorpusFormat format, std::string for_empty, bool sums);

  // Puts what the line holds into bag_, name_ and label_, which are empty. Fails: by lines_.fail().
  virtual void parse(std::string_view line) = 0;
  // Whether a line that is not blank is no document.
  virtual bool is_comment(std::string_view) const { return false; }
  // How messages name a word.
  virtual std::string named(std::uint32_t word) const;

  LineReader lines_;
  BagOfWords bag_;
  std::string name_;
  std::string label_;

 private:
  bool next_line(std::string_view& line);
  bool finish();

  CorpusFormat format_;
  std::string for_empty_;
  bool sums_;
  std::uint64_t docs_ = 0;
  std::uint64_t doc_line_ = 0;
  std::uint32_t vocab_seen_ = 0;
};

// A LineCorpus whose lines carry words. Those that a fixed table does not have are left out and
// counted; a table that grows takes them up.
class WordLineCorpus : public LineCorpus {
 public:
  std::optional<std::uint32_t> declared_vocab_size() const final;
  const CorpusWords* words() const final { return words_.get(); }
  std::uint64_t unmapped_tokens() const final { return unmapped_; }

 protected:
  WordLineCorpus(LineReader lines, CorpusFormat format, std::shared_ptr<CorpusWords> words,
                 std::string for_empty);

  // Adds `count` (>= 1) tokens of a word, not empty, of the line at hand.
  void add(std::string_view word, std::uint32_t count);
  std::string named(std::uint32_t word) const final;

 private:
  std::shared_ptr<CorpusWords> words_;
  std::uint64_t unmapped_ = 0;
};

}  // namespace svi_lda

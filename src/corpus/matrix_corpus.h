#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "corpus/bag_of_words.h"
#include "corpus/corpus_reader.h"
#include "corpus/sorted_entries.h"

namespace svi_lda {

// A sparse matrix of D documents and V words, whose entries a format delivers document by document;
// documents without one are empty.
class MatrixCorpus : public CorpusReader {
 public:
  bool next(Document& document) final;
  std::optional<std::uint32_t> declared_vocab_size() const final { return vocab_size_; }
  std::optional<std::uint64_t> declared_docs() const final { return docs_; }
  std::uint32_t vocab_seen() const final { return vocab_seen_; }
  std::uint64_t line() const final { return doc_line_; }

 protected:
  using Entry = SortedEntries::Entry;

  // The next entry, of the document of the last one or a later one, its doc below D, its word below
  // V, its count in 1 .. kMaxCount; false at the end.
  virtual bool next_entry(Entry& entry) = 0;
  // A word that stands in the last document more than once; returns where it may.
  virtual void on_repeated(std::uint32_t word) = 0;
  [[noreturn]] virtual void fail_at_line(std::uint64_t line, std::string problem,
                                         std::string hint) const = 0;

  std::uint64_t docs_ = 0;
  std::uint32_t vocab_size_ = 0;

 private:
  BagOfWords bag_;
  Entry pending_ = {};
  bool begun_ = false;
  bool has_pending_ = false;
  std::uint64_t next_doc_ = 0;
  std::uint64_t doc_line_ = 0;
  std::uint32_t vocab_seen_ = 0;
};

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/corpus_reader.h"
#include "corpus/document.h"
#include "corpus/vocabulary.h"

namespace svi_lda {

// Writes a corpus, a document at a time. The file appears under its name only when it is complete.
class CorpusWriter {
 public:
  virtual ~CorpusWriter() = default;

  // `name` and `label` are left out and counted where the format or its syntax has no room for
  // them. Fails: kInput for a word that the format cannot hold; kIo.
  virtual void add(DocumentView document, std::string_view name, std::string_view label) = 0;
  // V >= the largest id + 1; the vocabulary, which may be empty, is for formats that store it.
  virtual void finish(std::uint32_t vocab_size, const Vocabulary& vocabulary) = 0;

  std::uint64_t names_left_out() const { return names_left_out_; }
  std::uint64_t labels_left_out() const { return labels_left_out_; }

 protected:
  std::uint64_t names_left_out_ = 0;
  std::uint64_t labels_left_out_ = 0;
};

struct WriteCorpusOptions {
  CorpusFormat format = CorpusFormat::kUci;
  DocumentsAre documents_are = DocumentsAre::kRows;
  // The word of an id, for formats that carry words; asked for ids of documents added.
  std::function<std::string_view(std::uint32_t)> word;
  // Takes the text for the path "-".
  std::function<void(std::string_view)> standard_output;
};

// Text goes to "-" and is compressed where `path` ends in .gz or .zst; npz and cache are files.
// Documents are streamed. Where a header tells the number of entries (uci, mtx, npz), what follows
// it waits in a file without a name beside `path` (for "-" in the folder for temporary files).
// Fails: kIo.
std::unique_ptr<CorpusWriter> write_corpus(const std::string& path,
                                           const WriteCorpusOptions& options);

// Whether the format carries words.
bool carries_words(CorpusFormat format);
// Whether the format is a text, which may be compressed and go through a pipe.
bool is_text(CorpusFormat format);

}  // namespace svi_lda

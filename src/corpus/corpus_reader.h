#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "corpus/document.h"

namespace svi_lda {

class ByteSource;

enum class CorpusFormat { kAuto, kUci, kLdac, kCache };

// "auto", "uci", "ldac", "cache"; nothing for any other name.
std::optional<CorpusFormat> corpus_format_from_name(const std::string& name);
const char* name_of(CorpusFormat format);

// One pass over a corpus, a document at a time, in the order of the file. Memory does not grow with
// the number of documents. Empty documents are delivered as empty ones (in UCI docword a gap in the
// document ids, up to the D of the header; in LDA-C a line "0").
// Fails: Error kInput with path, line, what is wrong and what to do; kIo where reading fails.
class CorpusReader {
 public:
  virtual ~CorpusReader() = default;

  // Reads the next document into `document`; false at the end of the corpus, where everything that
  // the header promised has been checked. A corpus without any token is an error.
  virtual bool next(Document& document) = 0;

  // What the header promises, if the format has one: before the first document is read.
  virtual std::optional<std::uint32_t> declared_vocab_size() const = 0;
  virtual std::optional<std::uint64_t> declared_docs() const = 0;

  virtual CorpusFormat format() const = 0;
  virtual const std::string& path() const = 0;  // "-" for standard input

  // Largest word id seen so far plus one; 0 before any word.
  virtual std::uint32_t vocab_seen() const = 0;
  // The line that the last document began on (1-based), for messages; 0 where there are no lines.
  virtual std::uint64_t line() const = 0;
};

struct OpenCorpusOptions {
  CorpusFormat format = CorpusFormat::kAuto;
  // Word ids must be below this where the corpus declares no vocabulary size of its own (LDA-C);
  // the message then speaks of the vocabulary. 0 = no bound but kMaxVocabulary.
  std::uint32_t vocab_size = 0;
  // Read and decompress a file on a second thread. Not standard input: a signal could not end a
  // wait for it there.
  bool read_ahead = false;
};

// Opens `path` ("-" = standard input), plain or gzip by content, recognises the format by content
// unless it is forced. A cache is recognised where `path` is a regular file; its documents are the
// non-empty ones of the corpus that it was made from.
// Fails: kIo for a missing or unreadable path or a folder; kInput for an empty or binary file or
// one whose format cannot be told.
std::unique_ptr<CorpusReader> open_corpus(const std::string& path,
                                          const OpenCorpusOptions& options = {});

// The same from any source of bytes, which `path` names. A cache cannot be read so.
std::unique_ptr<CorpusReader> open_corpus(std::unique_ptr<ByteSource> source,
                                          const std::string& path,
                                          const OpenCorpusOptions& options = {});

}  // namespace svi_lda

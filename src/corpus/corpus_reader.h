#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/document.h"

namespace svi_lda {

class ByteSource;
class Vocabulary;
class CorpusWords;

enum class CorpusFormat {
  kAuto,
  kUci,
  kLdac,
  kSvmlight,
  kMatrixMarket,
  kVw,
  kNpz,
  kMallet,
  kCache
};

// "auto", "uci", "ldac", "svmlight", "mtx", "vw", "npz", "mallet", "cache"; nothing for any other
// name.
std::optional<CorpusFormat> corpus_format_from_name(const std::string& name);
// What a file of that name would hold, by its suffix before any of a compression: its format's name
// (corpus.vw, corpus.mtx.gz), .svm or .libsvm, or UCI's docword*.txt.
std::optional<CorpusFormat> corpus_format_from_path(const std::string& path);
const char* name_of(CorpusFormat format);

// Which way round a matrix lies (mtx, npz).
enum class DocumentsAre { kRows, kColumns };
// "rows", "columns"; nothing for any other name.
std::optional<DocumentsAre> documents_are_from_name(const std::string& name);

// A document that is a line may be this long: room for more than ten million distinct words.
inline constexpr std::size_t kMaxDocumentLine = std::size_t{256} * 1024 * 1024;

// One pass over a corpus, a document at a time, in the order of the file. Memory does not grow with
// the number of documents (but see the matrix formats). Empty documents are delivered as empty ones
// (in UCI docword a gap in the document ids, up to the D of the header; in LDA-C a line "0").
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

  // Of the last document, where the format has them: its name or id, its label. Empty for none.
  virtual std::string_view name() const { return {}; }
  virtual std::string_view label() const { return {}; }

  // The words by id, where the format carries words: all of a given vocabulary, else those that
  // have been seen; null where the format has ids alone.
  virtual const CorpusWords* words() const { return nullptr; }
  // Tokens left out so far because the given vocabulary does not have their word.
  virtual std::uint64_t unmapped_tokens() const { return 0; }
};

struct OpenCorpusOptions {
  CorpusFormat format = CorpusFormat::kAuto;
  // Word ids must be below this where the corpus declares no vocabulary size of its own (LDA-C,
  // SVMlight); the message then speaks of the vocabulary. 0 = no bound but kMaxVocabulary.
  std::uint32_t vocab_size = 0;
  // Read and decompress a file on a second thread. Not standard input: a signal could not end a
  // wait for it there.
  bool read_ahead = false;
  DocumentsAre documents_are = DocumentsAre::kRows;
  // What the words of formats that carry words are mapped to; null: ids by first appearance. Read
  // while opening only.
  const Vocabulary* vocabulary = nullptr;
};

// Opens a corpus: a file ("-" = standard input), several that are read as one, or folders of files,
// which stand for those in them, sorted by name, hidden ones left out (a corpus folder for its
// cache alone). Compression and format are told by content; SVMlight, which looks like LDA-C, and
// MALLET's, which looks like any text, must be named. All parts have one format; those with headers
// keep their own document ids and must agree in the number of words. A cache is recognised where
// its path is a regular file; its documents are those of the corpus that it was made from, the
// empty ones in their places. Fails: kIo for a missing or unreadable path or an empty folder;
// kInput for an empty or binary file or one whose format cannot be told; kUsage for documents_are
// with a format that is no matrix.
std::unique_ptr<CorpusReader> open_corpus(const std::vector<std::string>& paths,
                                          const OpenCorpusOptions& options = {});
std::unique_ptr<CorpusReader> open_corpus(const std::string& path,
                                          const OpenCorpusOptions& options = {});

// The same from any source of bytes, which `path` names. A cache or .npz cannot be read so.
std::unique_ptr<CorpusReader> open_corpus(std::unique_ptr<ByteSource> source,
                                          const std::string& path,
                                          const OpenCorpusOptions& options = {});

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/corpus_input.h"
#include "corpus/corpus_files.h"
#include "corpus/corpus_reader.h"
#include "corpus/vocabulary.h"
#include "svi_lda/text_options.h"

namespace svi_lda {

// Where the files of a corpus folder lie, as `svi-lda vectorize` writes it.
class CorpusFolder {
 public:
  explicit CorpusFolder(std::string path);

  const std::string& path() const { return path_; }
  std::string cache() const { return path_ + "/" + kCacheInFolder; }
  std::string vocabulary() const { return path_ + "/vocab.txt"; }
  std::string documents() const { return path_ + "/documents.tsv"; }
  std::string vectorizer() const { return path_ + "/vectorizer.json"; }

  // Whether there is a whole corpus: the cache is put there last.
  bool exists() const;
  // Removes these files, and the folder where it is then empty.
  void remove() const;

  // Makes the folder one that a run keeps for itself, of its raw text, and may remove. Fails: Error
  // kIo, where it holds something else too.
  void claim_for_run() const;
  bool is_of_run() const;

 private:
  std::string mark() const { return path_ + "/.of-run"; }

  std::string path_;
};

// Where `corpus` is a corpus folder: its cache, and its vocabulary where none was given. Returns
// the folder's vectorizer.json where both are its own, else an empty text. Fails: Error kIo.
std::string resolve_corpus_folder(std::string& corpus, std::string& vocabulary);

// The vectorizer.json by which the words of all these corpus folders were made: that of the first,
// where the others' make the same words of a text. Else, and where one is no corpus folder, an
// empty text; that they differ is logged as a warning. Fails: Error kIo, kInput.
std::string common_vectorizer(const std::vector<std::string>& folders);

// Whether each is a corpus folder.
bool are_corpus_folders(const std::vector<std::string>& paths);

// What a document is called. Titles and labels are empty where a document has none.
struct DocumentNames {
  std::string id;
  std::string title;
  std::string label;
};

// Documents that have names, in terms of a given vocabulary: what is not in it counts as the one
// word vocabulary.size(). Empty documents are delivered in their place.
class NamedDocuments : public CorpusReader {
 public:
  // Of the document delivered last.
  virtual const DocumentNames& names() const = 0;
  // Whether titles and labels were asked for when the text was read, known before any document.
  virtual bool has_titles() const = 0;
  virtual bool has_labels() const = 0;
};

// The documents of `input` where it is corpus folders without `vocabulary`, or raw text: this is
// made into words by `vectorizer` (a model's or folder's vectorizer.json, `source` says whose), by
// the field names of which those that `options` leave out are taken. Null where it is anything
// else. Fails: Error kInput where text is asked for and there is no vectorizer.
std::unique_ptr<NamedDocuments> open_named_documents(
    const CorpusInput& input, const std::string& vocabulary, const TextOptions& options,
    int threads, const Vocabulary& words, const std::string& vectorizer, const std::string& source);

}  // namespace svi_lda

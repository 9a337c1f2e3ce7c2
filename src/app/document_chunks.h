#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/corpus_folder.h"
#include "app/corpus_input.h"
#include "corpus/corpus_reader.h"
#include "corpus/document.h"
#include "output/model_file.h"

namespace svi_lda {

// The words that a model knows, and how it makes them of text.
struct KnownWords {
  std::uint32_t vocab_size;
  const Vocabulary& vocabulary;   // empty where it knows ids alone
  const std::string& vectorizer;  // vectorizer.json; empty where it was trained on counts
  // Whether a corpus of ids whose header says another V is refused, and not only warned of.
  bool same_size_only = false;
};

// New documents against a trained model: reads a corpus in chunks, maps its words to those of the
// model (by word where a vocabulary is given, else by id) and counts what the model does not know.
class DocumentChunks {
 public:
  // Words that the corpus itself carries are those of the model by name. `text`: how to read raw
  // text, which the model's own vectorizer makes into words on `threads` threads; `source` names
  // the model. Fails: Error as open_corpus and open_named_documents; kInput where a vocabulary is
  // given, or words are carried, but the model has none.
  DocumentChunks(const CorpusInput& input, const std::string& vocabulary, const TextOptions& text,
                 int threads, const Model& model, const std::string& source);
  // The same, all `known` words being possible ones.
  DocumentChunks(const CorpusInput& input, const std::string& vocabulary, const TextOptions& text,
                 int threads, const KnownWords& known, const std::string& source);

  // Reads up to `docs` documents into the chunk; false where none is left.
  bool next(std::size_t docs);

  // Of the chunk: known words only; a document may be empty. unknown[i]: its tokens left out.
  std::vector<Document> documents;
  std::vector<std::uint64_t> unknown;
  // What the documents of raw text and corpus folders are called; empty for others.
  std::vector<DocumentNames> names;
  bool has_titles() const { return named_ != nullptr && named_->has_titles(); }
  bool has_labels() const { return named_ != nullptr && named_->has_labels(); }
  std::uint64_t first_number = 1;  // 1-based place of documents[0] in the corpus

 private:
  void map_words_of(Document& document, std::uint64_t& unknown_tokens);

  std::unique_ptr<CorpusReader> reader_;
  const NamedDocuments* named_ = nullptr;  // reader_, where its documents have names
  std::vector<std::uint32_t> word_map_;    // empty = by id
  std::uint64_t unmapped_ = 0;             // tokens that the reader has left out
  std::uint32_t vocab_size_;
  std::uint64_t read_ = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> mapped_;
};

}  // namespace svi_lda

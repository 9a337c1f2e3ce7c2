#include "app/document_chunks.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "corpus/vocabulary.h"
#include "svi_lda/error.h"

namespace svi_lda {

DocumentChunks::DocumentChunks(const std::string& corpus, const std::string& vocabulary,
                               const std::string& corpus_format, const Model& model)
    : vocab_size_(model.topics.vocab_size()) {
  const auto format = corpus_format_from_name(corpus_format);
  if (!format) {
    throw Error(ErrorKind::kUsage,
                "--corpus-format '" + corpus_format + "': must be auto, uci or ldac");
  }
  OpenCorpusOptions open;
  open.format = *format;
  if (vocabulary.empty()) {
    reader_ = open_corpus(corpus, open);
    const auto declared = reader_->declared_vocab_size();
    if (declared && *declared != vocab_size_) {
      spdlog::warn(
          "{}: its header says W = {}, the model has {} words: ids are taken to mean the "
          "same words; give --vocab FILE to map them by word",
          corpus, *declared, vocab_size_);
    }
    return;
  }
  const Vocabulary words = Vocabulary::read(vocabulary);
  if (model.vocabulary.empty()) {
    throw Error(ErrorKind::kInput, vocabulary, 0,
                "cannot be used: the model knows no words, only ids",
                "train with --vocab FILE, or leave --vocab out here");
  }
  open.vocab_size = words.size();
  reader_ = open_corpus(corpus, open);
  const auto declared = reader_->declared_vocab_size();
  if (declared && *declared != words.size()) {
    throw Error(ErrorKind::kInput, vocabulary, 0,
                "holds " + std::to_string(words.size()) + " words, but the header of " + corpus +
                    " says W = " + std::to_string(*declared),
                "give the vocabulary that belongs to this corpus");
  }
  word_map_ = map_words(words, model.vocabulary);
}

bool DocumentChunks::next(std::size_t docs) {
  first_number = read_ + 1;
  documents.resize(docs);
  unknown.assign(docs, 0);
  std::size_t n = 0;
  while (n < docs && reader_->next(documents[n])) {
    map_words_of(documents[n], unknown[n]);
    ++n;
  }
  documents.resize(n);
  unknown.resize(n);
  read_ += n;
  return n > 0;
}

void DocumentChunks::map_words_of(Document& document, std::uint64_t& unknown_tokens) {
  mapped_.clear();
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    const std::uint32_t id = document.words[i];
    const std::uint32_t word =
        word_map_.empty() ? (id < vocab_size_ ? id : kNoWord) : word_map_[id];
    if (word == kNoWord) {
      unknown_tokens += document.counts[i];
    } else {
      mapped_.emplace_back(word, document.counts[i]);
    }
  }
  std::sort(mapped_.begin(), mapped_.end());
  document.clear();
  for (const auto& [word, count] : mapped_) {
    // Two words of the corpus may be one word of the model where a vocabulary repeats itself.
    if (!document.words.empty() && document.words.back() == word) {
      document.counts.back() += count;
    } else {
      document.words.push_back(word);
      document.counts.push_back(count);
    }
  }
}

}  // namespace svi_lda

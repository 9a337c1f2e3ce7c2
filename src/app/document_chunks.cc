#include "app/document_chunks.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "corpus/vocabulary.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// Words that no topic can have made are unknown to a model: none of a trained one, but topics of
// other programs may be 0.
void forget_impossible_words(const Model& model, std::vector<std::uint32_t>& word_map) {
  if (model.hyper.eta > 0.0) return;
  const Topics& topics = model.topics;
  const auto impossible = [&](std::uint32_t word) {
    const float* const row = topics.row(word);
    return std::all_of(row, row + topics.num_topics(), [](float x) { return x == 0.0f; });
  };
  std::vector<std::uint32_t> ids(topics.vocab_size());
  bool any = false;
  for (std::uint32_t word = 0; word < ids.size(); ++word) {
    ids[word] = impossible(word) ? kNoWord : word;
    any = any || ids[word] == kNoWord;
  }
  if (!any) return;
  if (word_map.empty()) {
    word_map = std::move(ids);
    return;
  }
  for (std::uint32_t& word : word_map) {
    if (word != kNoWord) word = ids[word];
  }
}

}  // namespace

DocumentChunks::DocumentChunks(const CorpusInput& input, const std::string& vocabulary,
                               const TextOptions& text, int threads, const Model& model,
                               const std::string& source)
    : DocumentChunks(
          input, vocabulary, text, threads,
          KnownWords{model.topics.vocab_size(), model.vocabulary, model.meta.vectorizer_json},
          source) {
  forget_impossible_words(model, word_map_);
}

DocumentChunks::DocumentChunks(const CorpusInput& input, const std::string& vocabulary,
                               const TextOptions& text, int threads, const KnownWords& known,
                               const std::string& source)
    : vocab_size_(known.vocab_size) {
  const std::string& corpus = input.corpus;
  OpenCorpusOptions open = input.open_options();
  if (auto named = open_named_documents(input, vocabulary, text, threads, known.vocabulary,
                                        known.vectorizer, source)) {
    named_ = named.get();
    reader_ = std::move(named);
    return;
  }
  if (vocabulary.empty()) {
    if (!known.vocabulary.empty()) open.vocabulary = &known.vocabulary;
    reader_ = open_corpus(input.paths(), open);
    if (reader_->words() != nullptr && known.vocabulary.empty()) {
      throw Error(ErrorKind::kInput, corpus, 0, "carries words, of which the model knows only ids",
                  "train with --vocab FILE, or on a corpus that carries its words");
    }
    const auto declared = reader_->declared_vocab_size();
    if (declared && *declared != vocab_size_) {
      if (known.same_size_only) {
        throw Error(ErrorKind::kInput, corpus, 0,
                    "its header says W = " + std::to_string(*declared) + ", the model has " +
                        std::to_string(vocab_size_) + " words: the ids are not the same words",
                    "give --vocab FILE, the words of this corpus, to map them by word");
      }
      spdlog::warn(
          "{}: its header says W = {}, the model has {} words: ids are taken to mean the "
          "same words; give --vocab FILE to map them by word",
          corpus, *declared, vocab_size_);
    }
    return;
  }
  const Vocabulary words = Vocabulary::read(vocabulary);
  if (known.vocabulary.empty()) {
    throw Error(ErrorKind::kInput, vocabulary, 0,
                "cannot be used: the model knows no words, only ids",
                "train with --vocab FILE, or leave --vocab out here");
  }
  open.vocab_size = words.size();
  open.vocabulary = &words;
  reader_ = open_corpus(input.paths(), open);
  const auto declared = reader_->declared_vocab_size();
  if (declared && *declared != words.size()) {
    throw Error(ErrorKind::kInput, vocabulary, 0,
                "holds " + std::to_string(words.size()) + " words, but the header of " + corpus +
                    " says W = " + std::to_string(*declared),
                "give the vocabulary that belongs to this corpus");
  }
  word_map_ = map_words(words, known.vocabulary);
}

bool DocumentChunks::next(std::size_t docs) {
  first_number = read_ + 1;
  documents.resize(docs);
  unknown.assign(docs, 0);
  names.clear();
  std::size_t n = 0;
  while (n < docs && reader_->next(documents[n])) {
    map_words_of(documents[n], unknown[n]);
    unknown[n] += reader_->unmapped_tokens() - unmapped_;
    unmapped_ = reader_->unmapped_tokens();
    if (named_ != nullptr) names.push_back(named_->names());
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
    const std::uint32_t known =
        word_map_.empty() ? vocab_size_ : static_cast<std::uint32_t>(word_map_.size());
    std::uint32_t word = id < known ? id : kNoWord;
    if (word != kNoWord && !word_map_.empty()) word = word_map_[id];
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

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "app/corpus_folder.h"
#include "app/corpus_ingest.h"
#include "app/text_options.h"
#include "app/vectorizer_file.h"
#include "base/file.h"
#include "base/parallel.h"
#include "corpus/byte_source.h"
#include "corpus/cache.h"
#include "corpus/line_reader.h"
#include "svi_lda/error.h"
#include "text/count_terms.h"
#include "text/text_batch.h"

namespace svi_lda {
namespace {

// What all that is no file of a corpus format has in common.
class Named : public NamedDocuments {
 public:
  Named(std::string path, std::uint32_t vocab_size)
      : path_(std::move(path)), vocab_size_(vocab_size) {}

  const DocumentNames& names() const override { return names_; }
  bool has_titles() const override { return has_titles_; }
  bool has_labels() const override { return has_labels_; }
  std::optional<std::uint32_t> declared_vocab_size() const override { return std::nullopt; }
  std::optional<std::uint64_t> declared_docs() const override { return std::nullopt; }
  CorpusFormat format() const override { return CorpusFormat::kAuto; }
  const std::string& path() const override { return path_; }
  std::uint32_t vocab_seen() const override { return vocab_size_; }
  std::uint64_t line() const override { return 0; }

 protected:
  std::string path_;
  std::uint32_t vocab_size_;
  DocumentNames names_;
  bool has_titles_ = false;
  bool has_labels_ = false;
};

// Takes the next field off the front of a row of documents.tsv.
std::string_view next_field(std::string_view& row) {
  const std::size_t end = std::min(row.find('\t'), row.size());
  const std::string_view field = row.substr(0, end);
  row.remove_prefix(std::min(end + 1, row.size()));
  return field;
}

// Takes "id TAB title TAB label" off the front.
void take_names(std::string_view& row, DocumentNames& names) {
  for (std::string* const name : {&names.id, &names.title, &names.label}) *name = next_field(row);
}

// documents.tsv beside the cache.
class FolderDocuments final : public Named {
 public:
  FolderDocuments(const CorpusFolder& folder, const Vocabulary& words)
      : Named(folder.path(), words.size()),
        cache_(folder.cache()),
        rows_(open_file(folder.documents()), folder.documents(), kLongestRow) {
    if (!words.empty()) word_map_ = map_words(Vocabulary::read(folder.vocabulary()), words);
    const Vectorizer how =
        vectorizer_from_json(folder.vectorizer(), read_file(folder.vectorizer()));
    has_titles_ = !how.fields.title.empty();
    has_labels_ = !how.fields.label.empty();
    std::string_view header;
    rows_.next(header);
  }

  bool next(Document& document) override {
    std::string_view row;
    if (!rows_.next(row)) {
      if (read_ != cache_.summary().docs) fail("has fewer documents than the cache");
      return false;
    }
    next_field(row);
    const std::string_view place = next_field(row);
    take_names(row, names_);
    document.clear();
    if (place == "-") return true;
    if (place != std::to_string(read_ + 1) || read_ >= cache_.summary().docs) {
      fail("names place " + std::string(place.substr(0, 32)) + " of the cache out of turn");
    }
    cache_.read(read_++, document);
    map(document);
    return true;
  }

 private:
  static constexpr std::size_t kLongestRow = std::size_t{1} << 30;

  [[noreturn]] void fail(const std::string& problem) const {
    rows_.fail(problem, "the folder is damaged, vectorize the text again");
  }

  void map(Document& document) {
    if (word_map_.empty()) return;
    mapped_.clear();
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      if (document.words[i] >= word_map_.size()) fail("has a vocabulary of another cache");
      const std::uint32_t word = word_map_[document.words[i]];
      mapped_.emplace_back(word == kNoWord ? vocab_size_ : word, document.counts[i]);
    }
    std::sort(mapped_.begin(), mapped_.end());
    document.clear();
    for (const auto& [word, count] : mapped_) {
      if (!document.words.empty() && document.words.back() == word) {
        document.counts.back() += count;
      } else {
        document.words.push_back(word);
        document.counts.push_back(count);
      }
    }
  }

  CacheReader cache_;
  LineReader rows_;
  std::vector<std::uint32_t> word_map_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> mapped_;
  std::uint64_t read_ = 0;
};

// Several folders, one after the other.
class FoldersDocuments final : public Named {
 public:
  FoldersDocuments(const std::vector<std::string>& paths, const Vocabulary& words)
      : Named(paths.front(), words.size()) {
    for (const std::string& path : paths) {
      folders_.push_back(std::make_unique<FolderDocuments>(CorpusFolder(path), words));
      has_titles_ = has_titles_ || folders_.back()->has_titles();
      has_labels_ = has_labels_ || folders_.back()->has_labels();
    }
  }

  bool next(Document& document) override {
    for (; at_ < folders_.size(); ++at_) {
      if (!folders_[at_]->next(document)) continue;
      names_ = folders_[at_]->names();
      return true;
    }
    return false;
  }

 private:
  std::vector<std::unique_ptr<FolderDocuments>> folders_;
  std::size_t at_ = 0;
};

// Text, made into words on the way.
class TextDocuments final : public Named {
 public:
  TextDocuments(const CorpusInput& input, const Vectorizer& vectorizer,
                const std::optional<TextFormat>& format, const TextFields& fields,
                TextFields asked_for, int threads, const Vocabulary& words)
      : Named(input.corpus, words.size()),
        asked_for_(std::move(asked_for)),
        parallel_(threads),
        stream_(list_text_sources(input.paths(), format), fields),
        counter_(vectorizer.analyzer, parallel_) {
    counter_.fix_vocabulary(words);
    has_titles_ = !fields.title.empty();
    has_labels_ = !fields.label.empty();
  }

  bool next(Document& document) override {
    if (at_ == batch_.texts.size()) {
      read_batch(stream_, batch_);
      at_ = 0;
      if (batch_.empty()) {
        warn_of_bytes();
        warn_of_fields(fields_not_found(asked_for_, stream_.found()));
        return false;
      }
      counter_.count(batch_.texts, documents_);
    }
    std::string_view row = batch_.rows[at_];
    take_names(row, names_);
    std::swap(document, documents_[at_++]);
    return true;
  }

 private:
  void warn_of_bytes() const {
    const EncodingCount encoding = stream_.encoding();
    if (encoding.invalid == 0) return;
    spdlog::warn("{}: {} bytes are no UTF-8 and were read as U+FFFD", stream_.first_invalid(),
                 encoding.invalid);
  }

  TextFields asked_for_;
  Parallel parallel_;
  TextStream stream_;
  TermCounter counter_;
  TextBatch batch_;
  std::vector<Document> documents_;
  std::size_t at_ = 0;
};

// What `options` say, else what the vectorizer was told.
TextFields fields_of(const TextOptions& options, const Vectorizer& vectorizer) {
  TextFields fields = text_fields(options);
  fields.header = fields.header && vectorizer.fields.header;
  const auto fill = [](std::string& name, const std::string& from) {
    if (name.empty()) name = from;
  };
  fill(fields.text, vectorizer.fields.text);
  fill(fields.id, vectorizer.fields.id);
  fill(fields.title, vectorizer.fields.title);
  fill(fields.label, vectorizer.fields.label);
  // New documents need not have all that those of training had.
  fields.titles_and_labels_needed = !options.title_field.empty() || !options.label_field.empty();
  return fields;
}

}  // namespace

std::unique_ptr<NamedDocuments> open_named_documents(
    const CorpusInput& input, const std::string& vocabulary, const TextOptions& given, int threads,
    const Vocabulary& words, const std::string& vectorizer, const std::string& source) {
  if (!vocabulary.empty()) return nullptr;
  TextOptions options = given;
  resolve_text_format(input.paths(), options);
  const std::vector<std::string> paths = input.paths();
  // Folders without a vocabulary of the model to go by must agree in their ids: open_corpus() sees
  // to that.
  if (are_corpus_folders(paths) && (paths.size() == 1 || !words.empty())) {
    input.require_no_orientation("a corpus folder");
    return std::make_unique<FoldersDocuments>(paths, words);
  }
  const bool asked_for = options.text || text_format(options);
  if (!asked_for && (vectorizer.empty() || !is_raw_text(input, options))) {
    return nullptr;
  }
  if (vectorizer.empty()) {
    throw Error(ErrorKind::kInput, source, 0,
                "does not know how text becomes its words: it was trained on counts",
                "count them first: svi-lda vectorize TEXT --vocab VOCAB -o FOLDER");
  }
  input.require_no_orientation("raw text");
  const Vectorizer how = vectorizer_from_json(source, vectorizer);
  const TextFields fields = fields_of(options, how);
  return std::make_unique<TextDocuments>(input, how, text_format(options), fields,
                                         text_fields(options), threads, words);
}

}  // namespace svi_lda

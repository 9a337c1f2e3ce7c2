#include "corpus/line_corpus.h"

#include <algorithm>
#include <utility>

#include "corpus/number.h"
#include "corpus/word_check.h"

namespace svi_lda {

LineCorpus::LineCorpus(LineReader lines, CorpusFormat format, std::string for_empty, bool sums)
    : lines_(std::move(lines)), format_(format), for_empty_(std::move(for_empty)), sums_(sums) {
  lines_.set_max_length(kMaxDocumentLine);
}

bool LineCorpus::next(Document& document) {
  document.clear();
  std::string_view line;
  if (!next_line(line)) return finish();
  if (docs_ == kMaxDocuments) {
    lines_.fail("more than " + std::to_string(kMaxDocuments) + " documents", "split the corpus");
  }
  ++docs_;
  doc_line_ = lines_.line();
  bag_.clear();
  name_.clear();
  label_.clear();
  parse(line);
  if (!bag_.finish(document)) {
    lines_.fail(named(bag_.too_often()) + " stands more than " + std::to_string(kMaxCount) +
                    " times in the document",
                "counts are integers from 1 to " + std::to_string(kMaxCount));
  }
  if (!sums_ && bag_.repeated()) {
    lines_.fail(named(*bag_.repeated()) + " stands twice in the document",
                "write each word of a document once, with its total count");
  }
  if (!document.words.empty()) vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
  return true;
}

std::string LineCorpus::named(std::uint32_t word) const {
  return "word id " + std::to_string(word + 1);
}

bool LineCorpus::next_line(std::string_view& line) {
  std::uint64_t blank = 0;
  while (lines_.next(line)) {
    if (is_blank_line(line)) {
      if (blank == 0) blank = lines_.line();
    } else if (!is_comment(line)) {
      if (blank != 0) {
        lines_.fail_at(blank, "a blank line", "write " + for_empty_ + " for an empty document");
      }
      return true;
    }
  }
  return false;
}

bool LineCorpus::finish() {
  if (docs_ == 0) {
    lines_.fail_at(std::max<std::uint64_t>(lines_.line(), 1), "the file holds no document",
                   "check that this is the right file");
  }
  if (vocab_seen_ == 0 && unmapped_tokens() == 0) {
    lines_.fail("no document has a word", "give a corpus with at least one token");
  }
  return false;
}

WordLineCorpus::WordLineCorpus(LineReader lines, CorpusFormat format,
                               std::shared_ptr<CorpusWords> words, std::string for_empty)
    : LineCorpus(std::move(lines), format, std::move(for_empty), true), words_(std::move(words)) {}

std::optional<std::uint32_t> WordLineCorpus::declared_vocab_size() const {
  return words_->fixed() ? std::optional(words_->size()) : std::nullopt;
}

void WordLineCorpus::add(std::string_view word, std::uint32_t count) {
  std::uint32_t id = words_->find(word);
  if (id == kNoWord) {
    if (words_->fixed()) {
      unmapped_ += count;
      return;
    }
    check_word(lines_, word, "words are separated by blanks");
    if (words_->size() == kMaxVocabulary) {
      lines_.fail("more than " + std::to_string(kMaxVocabulary) + " words",
                  "check that this is the right file, or give --vocab FILE");
    }
    id = words_->add(word);
  }
  bag_.add(id, count);
}

std::string WordLineCorpus::named(std::uint32_t word) const {
  return "the word " + quote(words_->word(word));
}

}  // namespace svi_lda

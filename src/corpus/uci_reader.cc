#include "corpus/uci_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/number.h"
#include "corpus/plain_entries.h"
#include "corpus/word_order.h"

namespace svi_lda {
namespace {

struct Entry {
  std::uint64_t doc = 0;  // 1-based, as in the file
  std::uint32_t word = 0;
  std::uint32_t count = 0;
};

class UciReader final : public CorpusReader {
 public:
  explicit UciReader(LineReader lines) : lines_(std::move(lines)) {
    lines_.set_max_length(kMaxUciLine);
    docs_ =
        read_header({"number of documents D", 1, kMaxDocuments, header_range(1, kMaxDocuments)});
    vocab_size_ = static_cast<std::uint32_t>(
        read_header({"number of words W", 1, kMaxVocabulary, header_range(1, kMaxVocabulary)}));
    entries_ = read_header({"number of entries NNZ", 0, docs_ * vocab_size_,
                            header_range(0, docs_ * vocab_size_) + ", D times W"});
    read_entry();
  }

  bool next(Document& document) override {
    document.clear();
    if (next_doc_ > docs_) return false;
    doc_line_ = lines_.line();
    const EntryPrefix prefix(next_doc_);
    while (pending_.doc == next_doc_) {
      document.words.push_back(pending_.word - 1);
      document.counts.push_back(pending_.count);
      // More entries than words: one is a repetition, and memory must not grow until the end.
      if (document.words.size() > vocab_size_) break;
      read_plain_entries(prefix, document);
      read_entry();
    }
    sort(document);
    if (!document.words.empty()) {
      vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
    }
    ++next_doc_;
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override { return vocab_size_; }
  std::optional<std::uint64_t> declared_docs() const override { return docs_; }
  CorpusFormat format() const override { return CorpusFormat::kUci; }
  const std::string& path() const override { return lines_.path(); }
  std::uint32_t vocab_seen() const override { return vocab_seen_; }
  std::uint64_t line() const override { return doc_line_; }

 private:
  static std::string header_range(std::uint64_t lowest, std::uint64_t highest) {
    return "it must be an integer from " + std::to_string(lowest) + " to " +
           std::to_string(highest);
  }

  std::uint64_t read_header(const NumberRule& rule) {
    constexpr const char* kHint = "UCI docword begins with D, W and NNZ, each on a line of its own";
    std::string_view line;
    do {
      if (!lines_.next(line)) {
        lines_.fail_at(std::max<std::uint64_t>(lines_.line(), 1),
                       std::string("the file ends before the ") + rule.name, kHint);
      }
    } while (is_blank_line(line));
    std::string_view rest = line;
    const std::string_view field = next_field(rest);
    const std::uint64_t value = parse_number(lines_, field, rule);
    if (!is_blank_line(rest)) {
      lines_.fail(quote(next_field(rest)) + " follows the " + rule.name, kHint);
    }
    return value;
  }

  // Entries of the document at hand that are written the usual way, as far as they are in memory;
  // read_entry() goes on from there.
  void read_plain_entries(const EntryPrefix& prefix, Document& document) {
    const std::uint64_t most =
        std::min(entries_ - entries_read_, vocab_size_ - document.words.size());
    const auto [entries, bytes] =
        parse_plain_entries(lines_.buffered(), prefix, vocab_size_, most, document);
    lines_.take_lines(entries, bytes);
    entries_read_ += entries;
  }

  // The next entry into pending_; its doc is 0 at the end of the file.
  void read_entry() {
    std::string_view line;
    if (!lines_.next(line)) return finish();
    const char* const end = line.data() + line.size();
    std::uint64_t doc = 0;
    std::uint64_t word = 0;
    std::uint64_t count = 0;
    const char* p = skip_blanks(line.data(), end);
    const char* q = parse_digits(p, end, doc);
    p = skip_blanks(q, end);
    bool separated = p != q;
    q = parse_digits(p, end, word);
    p = skip_blanks(q, end);
    separated = separated && p != q;
    q = parse_digits(p, end, count);
    // A missing number reads as 0, which none of the three may be.
    if (!separated || skip_blanks(q, end) != end || doc < pending_.doc || doc - 1 >= docs_ ||
        word - 1 >= vocab_size_ || count - 1 >= kMaxCount || entries_read_ == entries_) {
      return entry_or_end(line);
    }
    ++entries_read_;
    pending_ = {doc, static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(count)};
  }

  // Throws what is wrong with an entry; blank lines are fine where only blank lines follow.
  void entry_or_end(std::string_view line) {
    const std::uint64_t at = lines_.line();
    if (is_blank_line(line)) {
      while (lines_.next(line)) {
        if (!is_blank_line(line)) {
          lines_.fail_at(at, "a blank line among the entries", "take the line out");
        }
      }
      return finish();
    }
    if (entries_read_ == entries_) {
      lines_.fail("more entries than the NNZ = " + std::to_string(entries_) + " of the header",
                  "correct NNZ, or look for a second file appended to the first");
    }
    std::string_view rest = line;
    const std::string_view doc = next_field(rest);
    const std::string_view word = next_field(rest);
    const std::string_view count = next_field(rest);
    const std::string_view junk = next_field(rest);
    if (count.empty()) {
      lines_.fail("the line " + quote(line) + " has fewer than three numbers",
                  "an entry is 'document word count'; the file may have been cut off");
    }
    const std::uint64_t doc_id =
        parse_number(lines_, doc,
                     {"document id", 1, docs_,
                      "ids run from 1 to the D = " + std::to_string(docs_) + " of the header"});
    parse_number(lines_, word,
                 {"word id", 1, vocab_size_,
                  "ids run from 1 to the W = " + std::to_string(vocab_size_) + " of the header"});
    parse_number(
        lines_, count,
        {"count", 1, kMaxCount, "counts are integers from 1 to " + std::to_string(kMaxCount)});
    if (!junk.empty()) {
      lines_.fail(quote(junk) + " follows the count", "an entry is 'document word count'");
    }
    lines_.fail("document " + std::to_string(doc_id) + " comes after document " +
                    std::to_string(pending_.doc),
                "sort the entries by document: 'sort -n' on the lines after the header");
  }

  void finish() {
    pending_ = {};
    if (entries_read_ != entries_) {
      lines_.fail("the file ends after " + std::to_string(entries_read_) +
                      " of the NNZ = " + std::to_string(entries_) + " entries of the header",
                  "the file was cut off: copy it again, or correct NNZ");
    }
    if (entries_ == 0) {
      lines_.fail("no document has a word", "give a corpus with at least one token");
    }
  }

  // Every entry has a line and a document's lines are consecutive, so that the place of a repeated
  // word in the document is its line in the file.
  void sort(Document& document) {
    const auto repeated = word_order_.sort(document);
    if (!repeated) return;
    lines_.fail_at(doc_line_ + repeated->place,
                   "word id " + std::to_string(repeated->word + 1) + " stands twice in document " +
                       std::to_string(next_doc_),
                   "write each word of a document once, with its total count");
  }

  LineReader lines_;
  std::uint64_t docs_ = 0;
  std::uint32_t vocab_size_ = 0;
  std::uint64_t entries_ = 0;
  std::uint64_t entries_read_ = 0;
  Entry pending_;  // read ahead
  std::uint64_t next_doc_ = 1;
  std::uint64_t doc_line_ = 0;
  std::uint32_t vocab_seen_ = 0;
  WordOrder word_order_;
};

}  // namespace

std::unique_ptr<CorpusReader> read_uci(LineReader lines) {
  return std::make_unique<UciReader>(std::move(lines));
}

}  // namespace svi_lda

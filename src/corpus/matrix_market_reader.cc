#include "corpus/matrix_market_reader.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "corpus/matrix_corpus.h"
#include "corpus/number.h"
#include "corpus/whole_number.h"

namespace svi_lda {
namespace {

constexpr const char* kBannerHint =
    "matrices in the form 'matrix coordinate integer general' are read; real with whole numbers "
    "and "
    "pattern too";
constexpr const char* kEntryHint = "an entry is 'row column count'";
constexpr std::size_t kMaxLine = std::size_t{64} * 1024;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

class MatrixMarketReader final : public MatrixCorpus {
 public:
  MatrixMarketReader(LineReader lines, DocumentsAre documents_are)
      : lines_(std::move(lines)), columns_(documents_are == DocumentsAre::kColumns) {
    lines_.set_max_length(kMaxLine);
    read_banner();
    read_sizes();
    look_ahead();
  }

  CorpusFormat format() const override { return CorpusFormat::kMatrixMarket; }
  const std::string& path() const override { return lines_.path(); }

 protected:
  bool next_entry(Entry& entry) override {
    if (sorted_) return entries_.next(entry);
    if (ahead_used_ < ahead_.size()) {
      entry = ahead_[ahead_used_++];
      return true;
    }
    if (!read_entry(entry)) return false;
    if (entry.doc < last_doc_) {
      lines_.fail(
          "an entry of document " + std::to_string(entry.doc + 1) + " after one of " +
              std::to_string(last_doc_ + 1),
          "sort the entries by document, 'sort -n' on the lines after the sizes, or by word");
    }
    last_doc_ = entry.doc;
    return true;
  }

  void on_repeated(std::uint32_t word) override {
    lines_.fail_at(line(), "word " + std::to_string(word + 1) + " stands twice in the document",
                   "write each word of a document once, with its total count");
  }
  [[noreturn]] void fail_at_line(std::uint64_t line, std::string problem,
                                 std::string hint) const override {
    lines_.fail_at(line, std::move(problem), std::move(hint));
  }

 private:
  // Entries that may be read before the first document is delivered.
  static constexpr std::size_t kAhead = std::size_t{1} << 20;

  void read_banner() {
    std::string_view line;
    if (!lines_.next(line)) lines_.fail_at(1, "the file is empty", kBannerHint);
    std::string_view rest = line;
    const std::string banner = lower(next_field(rest));
    const std::string object = lower(next_field(rest));
    const std::string layout = lower(next_field(rest));
    const std::string field = lower(next_field(rest));
    const std::string symmetry = lower(next_field(rest));
    if (banner != lower(kMatrixMarketBanner) || object != "matrix") {
      lines_.fail("not a matrix of Matrix Market: the file begins with " + quote(line),
                  kBannerHint);
    }
    if (layout != "coordinate") {
      lines_.fail("a matrix in the form " + quote(layout), kBannerHint);
    }
    if (field != "integer" && field != "real" && field != "pattern") {
      lines_.fail("a matrix of " + quote(field) + " numbers", kBannerHint);
    }
    if (symmetry != "general") {
      lines_.fail("a matrix that is " + quote(symmetry), kBannerHint);
    }
    pattern_ = field == "pattern";
  }

  void read_sizes() {
    constexpr const char* kHint = "after the comments stand 'rows columns entries' on one line";
    std::string_view line;
    do {
      if (!lines_.next(line)) {
        lines_.fail_at(lines_.line(), "the file ends before its sizes", kHint);
      }
    } while (is_blank_line(line) || line.front() == '%');
    std::string_view rest = line;
    const std::string_view rows = next_field(rest);
    const std::string_view columns = next_field(rest);
    const std::string_view entries = next_field(rest);
    if (entries.empty() || !is_blank_line(rest)) {
      lines_.fail(quote(line) + " is not three numbers", kHint);
    }
    docs_ = parse_number(lines_, columns_ ? columns : rows,
                         {"number of documents", 1, kMaxDocuments, orientation_hint()});
    vocab_size_ = static_cast<std::uint32_t>(
        parse_number(lines_, columns_ ? rows : columns,
                     {"number of words", 1, kMaxVocabulary, orientation_hint()}));
    promised_ =
        parse_number(lines_, entries,
                     {"number of entries", 0, docs_ * vocab_size_, "at most rows times columns"});
  }

  std::string orientation_hint() const {
    return columns_ ? "documents are columns and words are rows (--documents-are columns)"
                    : "documents are rows and words are columns (--documents-are rows)";
  }

  // Learns whether the entries come by document.
  void look_ahead() {
    bool in_order = true;
    Entry entry = {};
    while (in_order && ahead_.size() < kAhead && read_entry(entry)) {
      in_order = ahead_.empty() || entry.doc >= ahead_.back().doc;
      ahead_.push_back(entry);
    }
    if (!ahead_.empty()) last_doc_ = ahead_.back().doc;
    if (in_order) return;
    sorted_ = true;
    for (const Entry& read : ahead_) entries_.add(read);
    ahead_ = {};
    while (read_entry(entry)) entries_.add(entry);
    entries_.sort();
  }

  // The next entry with a count; false at the end of the file, where all have been there.
  bool read_entry(Entry& entry) {
    std::string_view line;
    while (lines_.next(line)) {
      const char* const end = line.data() + line.size();
      const char* p = skip_blanks(line.data(), end);
      if (p == end) continue;
      if (read_ == promised_) {
        lines_.fail("more entries than the " + std::to_string(promised_) + " of the sizes",
                    "correct their number, or look for a second file appended to the first");
      }
      ++read_;
      std::uint64_t row = 0;
      std::uint64_t column = 0;
      std::uint64_t count = 1;
      const char* q = parse_digits(p, end, row);
      bool sound = q != p && q != end && is_blank(*q);
      p = skip_blanks(q, end);
      q = parse_digits(p, end, column);
      sound = sound && q != p && (q == end || is_blank(*q));
      p = skip_blanks(q, end);
      if (columns_) std::swap(row, column);
      if (!sound || row - 1 >= docs_ || column - 1 >= vocab_size_ || (p == end) != pattern_) {
        fail_entry(line);
      }
      if (!pattern_) {
        q = parse_digits(p, end, count);
        if (q != end || count > kMaxCount)
          count = parse_last(std::string_view(p, static_cast<std::size_t>(end - p)));
      }
      if (count == 0) continue;
      constexpr std::uint64_t kMaxLineNumber = std::numeric_limits<std::uint32_t>::max();
      entry = {static_cast<std::uint32_t>(row - 1), static_cast<std::uint32_t>(column - 1),
               static_cast<std::uint32_t>(count),
               static_cast<std::uint32_t>(std::min(lines_.line(), kMaxLineNumber))};
      return true;
    }
    if (read_ != promised_) {
      lines_.fail("the file ends after " + std::to_string(read_) + " of " +
                      std::to_string(promised_) + " entries",
                  "the file was cut off: copy it again, or correct the sizes");
    }
    return false;
  }

  // A count that is not written in digits alone, or is followed by blanks.
  std::uint32_t parse_last(std::string_view rest) const {
    const std::string_view count = next_field(rest);
    if (!is_blank_line(rest)) {
      lines_.fail(quote(next_field(rest)) + " follows the entry", kEntryHint);
    }
    return parse_count(lines_, count);
  }

  // Throws what is wrong with an entry.
  [[noreturn]] void fail_entry(std::string_view line) const {
    std::string_view rest = line;
    const std::string_view row = next_field(rest);
    const std::string_view column = next_field(rest);
    const std::string_view next = next_field(rest);
    parse_number(
        lines_, columns_ ? column : row,
        {"document", 1, docs_, "there are " + std::to_string(docs_) + "; " + orientation_hint()});
    parse_number(lines_, columns_ ? row : column,
                 {"word", 1, vocab_size_,
                  "there are " + std::to_string(vocab_size_) + "; " + orientation_hint()});
    if (pattern_) lines_.fail(quote(next) + " follows the entry", "an entry is 'row column'");
    lines_.fail("the entry " + quote(line) + " has no count", kEntryHint);
  }

  LineReader lines_;
  bool columns_;
  bool pattern_ = false;
  std::uint64_t promised_ = 0;
  std::uint64_t read_ = 0;
  std::uint32_t last_doc_ = 0;
  std::vector<Entry> ahead_;
  std::size_t ahead_used_ = 0;
  bool sorted_ = false;
  SortedEntries entries_;
};

}  // namespace

std::unique_ptr<CorpusReader> read_matrix_market(LineReader lines, DocumentsAre documents_are) {
  return std::make_unique<MatrixMarketReader>(std::move(lines), documents_are);
}

}  // namespace svi_lda

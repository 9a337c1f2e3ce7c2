#include "corpus/ldac_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "corpus/number.h"
#include "corpus/word_order.h"

namespace svi_lda {
namespace {

class LdacReader final : public CorpusReader {
 public:
  LdacReader(LineReader lines, std::uint32_t vocab_size, std::uint64_t empty_lines)
      : lines_(std::move(lines)),
        vocab_size_(vocab_size),
        id_bound_(vocab_size == 0 ? kMaxVocabulary : vocab_size),
        empty_lines_(empty_lines) {
    lines_.set_max_length(kMaxDocumentLine);
  }

  bool next(Document& document) override {
    document.clear();
    if (docs_ < empty_lines_) {
      doc_line_ = ++docs_;
      return true;
    }
    std::string_view line;
    if (!next_line(line)) return finish();
    if (docs_ == kMaxDocuments) {
      lines_.fail("more than " + std::to_string(kMaxDocuments) + " documents", "split the corpus");
    }
    ++docs_;
    doc_line_ = lines_.line();
    parse(line, document);
    if (const auto repeated = word_order_.sort(document)) {
      lines_.fail("word id " + std::to_string(repeated->word) + " stands twice in the document",
                  "write each word of a document once, with its total count");
    }
    if (!document.words.empty()) {
      vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
    }
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override { return std::nullopt; }
  std::optional<std::uint64_t> declared_docs() const override { return std::nullopt; }
  CorpusFormat format() const override { return CorpusFormat::kLdac; }
  const std::string& path() const override { return lines_.path(); }
  std::uint32_t vocab_seen() const override { return vocab_seen_; }
  std::uint64_t line() const override { return doc_line_; }

 private:
  // The next line that is not blank; blank ones may only stand at the end of the file.
  bool next_line(std::string_view& line) {
    if (!lines_.next(line)) return false;
    if (!is_blank_line(line)) return true;
    const std::uint64_t blank = lines_.line();
    while (lines_.next(line)) {
      if (!is_blank_line(line)) fail_blank_ldac_line(lines_, blank);
    }
    return false;
  }

  bool finish() {
    if (docs_ == 0) {
      lines_.fail_at(std::max<std::uint64_t>(lines_.line(), 1), "the file holds no document",
                     "check that this is the right file");
    }
    if (vocab_seen_ == 0) {
      lines_.fail("no document has a word", "give a corpus with at least one token");
    }
    return false;
  }

  void parse(std::string_view line, Document& document) {
    const char* const end = line.data() + line.size();
    const char* p = skip_blanks(line.data(), end);
    const char* q = parse_digits(p, end, declared_);
    if (p == q || declared_ > id_bound_ || (q != end && !is_blank(*q))) fail_number_of_pairs(line);
    p = skip_blanks(q, end);
    while (p != end) {
      std::uint64_t word = 0;
      std::uint64_t count = 0;
      q = parse_digits(p, end, word);
      bool sound = q != p && q != end && *q == ':';
      if (sound) {
        const char* const digits = q + 1;
        q = parse_digits(digits, end, count);
        sound = q != digits && (q == end || is_blank(*q)) && word < id_bound_ &&
                count - 1 < kMaxCount && document.words.size() < declared_;
      }
      if (!sound) fail_pair(std::string_view(p, static_cast<std::size_t>(end - p)), document);
      document.words.push_back(static_cast<std::uint32_t>(word));
      document.counts.push_back(static_cast<std::uint32_t>(count));
      p = skip_blanks(q, end);
    }
    if (document.words.size() != declared_) {
      lines_.fail(
          "the line declares " + std::to_string(declared_) + " pairs and has " +
              std::to_string(document.words.size()),
          "the number before the pairs is how many there are (not a label or a length); "
          "where it is a label, give --corpus-format svmlight; the file may have been cut off");
    }
  }

  [[noreturn]] void fail_number_of_pairs(std::string_view line) {
    std::string_view rest = line;
    const std::string_view field = next_field(rest);
    const std::string hint = "an LDA-C line is 'N id:count id:count ...' with N pairs";
    if (field.find(':') != std::string_view::npos) {
      lines_.fail("the line begins with the pair " + quote(field), hint);
    }
    if (vocab_size_ != 0) {
      parse_number(lines_, field,
                   {"number of pairs", 0, vocab_size_,
                    "the vocabulary has only " + std::to_string(vocab_size_) + " words"});
    }
    parse_number(lines_, field, {"number of pairs", 0, kMaxVocabulary, hint});
    lines_.fail("the line begins with " + quote(field), hint);
  }

  [[noreturn]] void fail_pair(std::string_view rest, const Document& document) {
    const std::string_view pair = next_field(rest);
    if (document.words.size() == declared_) {
      lines_.fail("more pairs than the " + std::to_string(declared_) + " that the line declares",
                  "the number before the pairs is how many there are; where it is a label, give "
                  "--corpus-format svmlight");
    }
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos) {
      lines_.fail(quote(pair) + " is not a pair",
                  "an LDA-C line is 'N id:count id:count ...' with N pairs");
    }
    const std::string bound = std::to_string(id_bound_);
    const std::string hint = vocab_size_ == 0
                                 ? "ids run from 0 to " + std::to_string(id_bound_ - 1)
                                 : "the vocabulary has only " + bound + " words, ids 0 to " +
                                       std::to_string(id_bound_ - 1) +
                                       ": check that it belongs to this corpus";
    parse_number(lines_, pair.substr(0, colon), {"word id", 0, id_bound_ - 1, hint});
    parse_number(
        lines_, pair.substr(colon + 1),
        {"count", 1, kMaxCount, "counts are integers from 1 to " + std::to_string(kMaxCount)});
    lines_.fail("the pair " + quote(pair) + " cannot be read",
                "an LDA-C line is 'N id:count id:count ...' with N pairs");
  }

  LineReader lines_;
  std::uint32_t vocab_size_;
  std::uint32_t id_bound_;
  std::uint64_t empty_lines_;
  std::uint64_t docs_ = 0;
  std::uint64_t declared_ = 0;  // pairs, by the line that is being read
  std::uint64_t doc_line_ = 0;
  std::uint32_t vocab_seen_ = 0;
  WordOrder word_order_;
};

}  // namespace

std::unique_ptr<CorpusReader> read_ldac(LineReader lines, std::uint32_t vocab_size,
                                        std::uint64_t empty_lines) {
  return std::make_unique<LdacReader>(std::move(lines), vocab_size, empty_lines);
}

void fail_blank_ldac_line(const LineReader& lines, std::uint64_t line) {
  lines.fail_at(line, "a blank line", "write 0 for an empty document");
}

}  // namespace svi_lda

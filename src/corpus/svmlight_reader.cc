#include "corpus/svmlight_reader.h"

#include <string>
#include <string_view>
#include <utility>

#include "corpus/line_corpus.h"
#include "corpus/number.h"
#include "corpus/whole_number.h"

namespace svi_lda {
namespace {

constexpr const char* kLineHint = "an SVMlight line is 'label id:count id:count ...'";

class SvmlightReader final : public LineCorpus {
 public:
  SvmlightReader(LineReader lines, std::uint32_t vocab_size)
      : LineCorpus(std::move(lines), CorpusFormat::kSvmlight, "0", false),
        vocab_size_(vocab_size),
        highest_(vocab_size == 0 ? kMaxVocabulary : vocab_size) {}

 protected:
  bool is_comment(std::string_view line) const override {
    return *skip_blanks(line.data(), line.data() + line.size()) == '#';
  }

  void parse(std::string_view line) override {
    const std::size_t hash = line.find('#');
    if (hash != std::string_view::npos) {
      std::string_view comment = line.substr(hash + 1);
      name_ = next_field(comment);
      // More than one word is a remark.
      if (!is_blank_line(comment)) name_.clear();
      line = line.substr(0, hash);
    }
    std::string_view rest = line;
    const std::string_view label = next_field(rest);
    if (label.find(':') != std::string_view::npos) {
      lines_.fail("the line begins with the pair " + quote(label),
                  std::string(kLineHint) + "; the label may be 0");
    }
    if (!are_svmlight_labels(label))
      lines_.fail("the label " + quote(label) + " is no number", kLineHint);
    // The label 0 says as much as none.
    if (label != "0") label_ = label;
    for (;;) {
      const std::string_view pair = next_field(rest);
      if (pair.empty()) return;
      if (!pair.starts_with("qid:")) parse_pair(pair);
    }
  }

 private:
  void parse_pair(std::string_view pair) {
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos) lines_.fail(quote(pair) + " is not a pair", kLineHint);
    const std::string_view id = pair.substr(0, colon);
    const std::string_view value = pair.substr(colon + 1);
    const char* const end = id.data() + id.size();
    std::uint64_t word = 0;
    if (id.empty() || parse_digits(id.data(), end, word) != end || word - 1 >= highest_) {
      parse_number(lines_, id, {"word id", 1, highest_, id_hint(!id.empty() && word == 0)});
    }
    std::uint64_t count = 0;
    const char* const value_end = value.data() + value.size();
    if (value.empty() || parse_digits(value.data(), value_end, count) != value_end ||
        count > kMaxCount) {
      count = parse_count(lines_, value);
    }
    if (count != 0) bag_.add(static_cast<std::uint32_t>(word - 1), count);
  }

  std::string id_hint(bool zero) const {
    if (zero) {
      return "ids of SVMlight begin at 1; from scikit-learn: dump_svmlight_file(..., "
             "zero_based=False)";
    }
    if (vocab_size_ == 0) return "ids run from 1 to " + std::to_string(highest_);
    return "the vocabulary has only " + std::to_string(vocab_size_) + " words, ids 1 to " +
           std::to_string(vocab_size_) + ": check that it belongs to this corpus";
  }

  std::uint32_t vocab_size_;
  std::uint32_t highest_;
};

}  // namespace

std::unique_ptr<CorpusReader> read_svmlight(LineReader lines, std::uint32_t vocab_size) {
  return std::make_unique<SvmlightReader>(std::move(lines), vocab_size);
}

bool are_svmlight_labels(std::string_view field) {
  for (;;) {
    const std::size_t comma = field.find(',');
    if (!is_number(field.substr(0, comma))) return false;
    if (comma == std::string_view::npos) return true;
    field.remove_prefix(comma + 1);
  }
}

}  // namespace svi_lda

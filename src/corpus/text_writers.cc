#include "corpus/text_writers.h"

#include <charconv>
#include <cstddef>
#include <utility>

#include "corpus/quote.h"
#include "corpus/svmlight_reader.h"
#include "corpus/text_sink.h"
#include "corpus/whole_number.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class LineWriter : public CorpusWriter {
 public:
  LineWriter(const std::string& path, WriteCorpusOptions options)
      : path_(path), options_(std::move(options)), sink_(path, options_.standard_output) {}

  void add(DocumentView document, std::string_view name, std::string_view label) final {
    line_.clear();
    write_line(document, name, label);
    line_ += '\n';
    sink_.write(line_);
  }
  void finish(std::uint32_t, const Vocabulary&) final { sink_.finish(); }

 protected:
  virtual void write_line(DocumentView document, std::string_view name, std::string_view label) = 0;

  void put(std::string_view text) { line_ += text; }
  void put(std::uint64_t number) {
    char digits[20];
    line_.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  }
  void put_pairs(DocumentView document, std::uint32_t first_id) {
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      put(" ");
      put(std::uint64_t{document.words[i]} + first_id);
      put(":");
      put(document.counts[i]);
    }
  }

  // The word of an id. Fails: it holds one of `forbidden`.
  std::string_view word(std::uint32_t id, const char* forbidden) const {
    const std::string_view word = options_.word(id);
    if (word.find_first_of(forbidden) != std::string_view::npos) {
      throw Error(ErrorKind::kInput, path_, 0,
                  "the word " + quote(word) + " cannot be written as " + name_of(options_.format),
                  options_.format == CorpusFormat::kVw
                      ? "its words hold no blank, ':' or '|': give --vocab FILE without them"
                      : "its words hold no blank: give --vocab FILE without them");
    }
    return word;
  }

  // `text`, or nothing where it cannot stand here, which is counted in `left_out`.
  static std::string_view fitting(std::string_view text, bool fits, std::uint64_t& left_out) {
    if (text.empty() || fits) return text;
    ++left_out;
    return {};
  }
  static bool has_none_of(std::string_view text, const char* forbidden) {
    return text.find_first_of(forbidden) == std::string_view::npos;
  }

  // Hands over a line that has become long.
  void hand_over() {
    if (line_.size() < TextSink::kBlock) return;
    sink_.write(line_);
    line_.clear();
  }

 private:
  std::string path_;
  WriteCorpusOptions options_;
  TextSink sink_;
  std::string line_;
};

class LdacWriter final : public LineWriter {
 public:
  using LineWriter::LineWriter;

 protected:
  void write_line(DocumentView document, std::string_view name, std::string_view label) override {
    fitting(name, false, names_left_out_);
    fitting(label, false, labels_left_out_);
    put(document.words.size());
    put_pairs(document, 0);
  }
};

class SvmlightWriter final : public LineWriter {
 public:
  using LineWriter::LineWriter;

 protected:
  void write_line(DocumentView document, std::string_view name, std::string_view label) override {
    label = fitting(label, are_svmlight_labels(label), labels_left_out_);
    name = fitting(name, has_none_of(name, " \t\r\n"), names_left_out_);
    put(label.empty() ? "0" : label);
    put_pairs(document, 1);
    if (!name.empty()) {
      put(" # ");
      put(name);
    }
  }
};

class VwWriter final : public LineWriter {
 public:
  using LineWriter::LineWriter;

 protected:
  void write_line(DocumentView document, std::string_view name, std::string_view label) override {
    label = fitting(label, is_number(label), labels_left_out_);
    name = fitting(name, has_none_of(name, " \t\r\n|"), names_left_out_);
    if (!label.empty()) {
      put(label);
      put(" ");
    }
    if (!name.empty()) {
      put("'");
      put(name);
      put(" ");
    }
    put("|");
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      put(" ");
      put(word(document.words[i], " \t\r\n:|"));
      put(":");
      put(document.counts[i]);
      hand_over();
    }
  }
};

class MalletWriter final : public LineWriter {
 public:
  using LineWriter::LineWriter;

 protected:
  void write_line(DocumentView document, std::string_view name, std::string_view label) override {
    name = fitting(name, has_none_of(name, " \t\r\n"), names_left_out_);
    label = fitting(label, has_none_of(label, " \t\r\n"), labels_left_out_);
    put(name.empty() ? "-" : name);
    put("\t");
    put(label.empty() ? "-" : label);
    put("\t");
    const char* separator = "";
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      const std::string_view token = word(document.words[i], " \t\r\n");
      for (std::uint32_t n = 0; n < document.counts[i]; ++n) {
        put(separator);
        put(token);
        separator = " ";
        hand_over();
      }
    }
  }
};

}  // namespace

std::unique_ptr<CorpusWriter> write_lines(const std::string& path,
                                          const WriteCorpusOptions& options) {
  switch (options.format) {
    case CorpusFormat::kSvmlight:
      return std::make_unique<SvmlightWriter>(path, options);
    case CorpusFormat::kVw:
      return std::make_unique<VwWriter>(path, options);
    case CorpusFormat::kMallet:
      return std::make_unique<MalletWriter>(path, options);
    default:
      return std::make_unique<LdacWriter>(path, options);
  }
}

}  // namespace svi_lda

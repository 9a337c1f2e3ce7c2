#include "text/text_reader.h"

#include <string_view>
#include <utility>

#include "corpus/quote.h"
#include "svi_lda/error.h"
#include "text/delimited_reader.h"
#include "text/json_lines_reader.h"
#include "text/text_lines.h"

namespace svi_lda {
namespace {

class LineDocuments final : public TextReader {
 public:
  LineDocuments(std::unique_ptr<ByteSource> source, const std::string& path)
      : lines_(std::move(source), path) {}

  bool next(TextDocument& document) override {
    document.clear();
    return lines_.next(document.text);
  }
  const EncodingCount& encoding() const override { return lines_.encoding(); }

 private:
  TextLines lines_;
};

class WholeFile final : public TextReader {
 public:
  WholeFile(std::unique_ptr<ByteSource> source, std::string path)
      : source_(decompress(std::move(source), path)), path_(std::move(path)) {}

  bool next(TextDocument& document) override {
    if (!source_) return false;
    document.clear();
    read_all(document.text);
    source_.reset();
    if (std::string_view(document.text).starts_with(kByteOrderMark)) {
      document.text.erase(0, kByteOrderMark.size());
    }
    if (const std::size_t nul = document.text.find('\0'); nul != std::string::npos) {
      throw Error(ErrorKind::kInput, path_, line_of(document.text, nul),
                  "a NUL byte: this is a binary file", kBinaryHint);
    }
    count_and_repair(document.text, 0, path_, encoding_);
    require_mostly_utf8(encoding_, path_, true);
    return true;
  }
  const EncodingCount& encoding() const override { return encoding_; }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 16;
  static constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

  static std::uint64_t line_of(std::string_view text, std::size_t place) {
    std::uint64_t line = 1;
    for (const char c : text.substr(0, place)) line += c == '\n' ? 1 : 0;
    return line;
  }

  void read_all(std::string& text) {
    for (;;) {
      const std::size_t held = text.size();
      text.resize(held + kBlock);
      const std::size_t got = source_->read(text.data() + held, kBlock);
      text.resize(held + got);
      if (got == 0) return;
      if (text.size() > kLongestText) {
        throw Error(ErrorKind::kInput, display_name(path_), 0,
                    "is longer than " + std::to_string(kLongestText) + " bytes, as one document",
                    "cut it into several, or give --input-format lines");
      }
    }
  }

  std::unique_ptr<ByteSource> source_;
  std::string path_;
  EncodingCount encoding_;
};

}  // namespace

std::vector<std::string> fields_not_found(const TextFields& named, const FieldsFound& found) {
  std::vector<std::string> missing;
  const auto add = [&](const char* option, const std::string& name, bool was_found) {
    if (!name.empty() && !was_found) missing.push_back(option + quote(name));
  };
  add("--text-field ", named.text, found.text);
  add("--id-field ", named.id, found.id);
  add("--title-field ", named.title, found.title);
  add("--label-field ", named.label, found.label);
  add("--date-field ", named.date, found.date);
  return missing;
}

std::unique_ptr<TextReader> open_text(std::unique_ptr<ByteSource> source, const std::string& path,
                                      TextFormat format, const TextFields& fields) {
  switch (format) {
    case TextFormat::kFile:
      return std::make_unique<WholeFile>(std::move(source), path);
    case TextFormat::kJsonLines:
      return read_json_lines(std::move(source), path, fields);
    case TextFormat::kCsv:
      return read_delimited(std::move(source), path, ',', fields);
    case TextFormat::kTsv:
      return read_delimited(std::move(source), path, '\t', fields);
    case TextFormat::kLines:
      break;
  }
  return std::make_unique<LineDocuments>(std::move(source), path);
}

}  // namespace svi_lda

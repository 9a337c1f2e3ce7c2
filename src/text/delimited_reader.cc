#include "text/delimited_reader.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/quote.h"
#include "text/text_lines.h"

namespace svi_lda {
namespace {

class DelimitedReader final : public TextReader {
 public:
  DelimitedReader(std::unique_ptr<ByteSource> source, const std::string& path, char delimiter,
                  TextFields fields)
      : lines_(std::move(source), path),
        delimiter_(delimiter),
        quotes_(delimiter == ','),
        names_(std::move(fields)) {}

  bool next(TextDocument& document) override {
    if (first_) {
      first_ = false;
      if (!read_record()) return false;
      find_columns();
      if (names_.header && !read_record()) return false;
    } else if (!read_record()) {
      return false;
    }
    if (fields_.size() != width_) {
      lines_.fail_at(record_line_,
                     "a record of " + std::to_string(fields_.size()) +
                         " fields, but the first has " + std::to_string(width_),
                     quotes_ ? "put fields that hold commas or line ends between quotes (RFC 4180)"
                             : "put a tab between fields, none within them");
    }
    document.clear();
    take(text_, document.text);
    take(id_, document.id);
    take(label_, document.label);
    take(date_, document.date);
    take(title_, document.title);
    return true;
  }
  const EncodingCount& encoding() const override { return lines_.encoding(); }
  FieldsFound found() const override {
    return {true, id_ != kNoColumn, label_ != kNoColumn, date_ != kNoColumn, title_ != kNoColumn};
  }

 private:
  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);
  // A field takes 32 bytes even where it is empty: a long line of commas would take 16 times its
  // length.
  static constexpr std::size_t kMostFields = 100'000;

  void take(std::size_t column, std::string& out) const {
    if (column != kNoColumn) out = fields_[column];
  }

  // The fields of the next record that is no blank line, into fields_.
  bool read_record() {
    do {
      if (!lines_.next(line_)) return false;
    } while (line_.empty());
    record_line_ = lines_.line();
    fields_.clear();
    std::size_t i = 0;
    record_bytes_ = line_.size();
    for (;;) {
      if (fields_.size() == kMostFields) {
        lines_.fail_at(record_line_,
                       "a record of more than " + std::to_string(kMostFields) + " fields",
                       "check that this is the right file");
      }
      fields_.emplace_back();
      if (quotes_ && i < line_.size() && line_[i] == '"') {
        i = read_quoted(i + 1, fields_.back());
      } else {
        const std::size_t end = std::min(line_.find(delimiter_, i), line_.size());
        fields_.back().assign(line_, i, end - i);
        i = end;
      }
      if (i >= line_.size()) return true;
      ++i;  // over the delimiter
    }
  }

  // From behind an opening quote; returns where the field ends, a delimiter or the end of the line.
  std::size_t read_quoted(std::size_t i, std::string& field) {
    for (;;) {
      const std::size_t quote_at = line_.find('"', i);
      if (quote_at == std::string::npos) {
        field.append(line_, i, std::string::npos);
        field += '\n';
        if (!lines_.next(line_)) {
          lines_.fail_at(record_line_, "a field whose quotes do not end",
                         "close it by a quote; a quote within is written twice (RFC 4180)");
        }
        record_bytes_ += line_.size();
        if (record_bytes_ > kLongestText) {
          lines_.fail_at(
              record_line_, "a record of more than " + std::to_string(kLongestText) + " bytes",
              "close the quotes of its fields; a quote within is written twice (RFC 4180)");
        }
        i = 0;
        continue;
      }
      field.append(line_, i, quote_at - i);
      i = quote_at + 1;
      if (i < line_.size() && line_[i] == '"') {
        field += '"';
        ++i;
        continue;
      }
      if (i < line_.size() && line_[i] != delimiter_) {
        lines_.fail("text behind the quotes of a field",
                    "a quote within a field in quotes is written twice (RFC 4180)");
      }
      return i;
    }
  }

  void find_columns() {
    width_ = fields_.size();
    text_ = text_column();
    id_ = column("--id-field", names_.id);
    label_ = column("--label-field", names_.label, names_.titles_and_labels_needed);
    date_ = column("--date-field", names_.date);
    title_ = column("--title-field", names_.title, names_.titles_and_labels_needed);
  }

  std::size_t text_column() const {
    if (!names_.text.empty()) return column("--text-field", names_.text);
    if (width_ == 1) return 0;
    if (names_.header) {
      const auto named = std::find(fields_.begin(), fields_.end(), "text");
      if (named != fields_.end()) return static_cast<std::size_t>(named - fields_.begin());
    }
    lines_.fail_at(record_line_, "which of " + std::to_string(width_) + " columns is the text?",
                   "give --text-field " + choices());
  }

  std::size_t column(const char* option, const std::string& name, bool needed = true) const {
    if (name.empty()) return kNoColumn;
    if (!names_.header) {
      std::size_t number = 0;
      const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
      if (error == std::errc{} && end == name.data() + name.size() && number >= 1 &&
          number <= width_) {
        return number - 1;
      }
    } else if (const auto named = std::find(fields_.begin(), fields_.end(), name);
               named != fields_.end()) {
      return static_cast<std::size_t>(named - fields_.begin());
    }
    if (!needed) return kNoColumn;
    lines_.fail_at(record_line_, "has no column " + quote(name),
                   "give " + std::string(option) + " " + choices());
  }

  std::string choices() const {
    if (!names_.header) return "a number from 1 to " + std::to_string(width_);
    std::string names = "one of ";
    for (std::size_t i = 0; i < fields_.size() && names.size() < 200; ++i) {
      names.append(i == 0 ? "" : ", ").append(quote(fields_[i]));
    }
    return names;
  }

  TextLines lines_;
  char delimiter_;
  bool quotes_;
  TextFields names_;
  bool first_ = true;
  std::string line_;
  std::uint64_t record_line_ = 0;  // where the record began
  std::vector<std::string> fields_;
  std::size_t record_bytes_ = 0;
  std::size_t width_ = 0;
  std::size_t text_ = kNoColumn, id_ = kNoColumn, label_ = kNoColumn, date_ = kNoColumn,
              title_ = kNoColumn;
};

}  // namespace

std::unique_ptr<TextReader> read_delimited(std::unique_ptr<ByteSource> source,
                                           const std::string& path, char delimiter,
                                           const TextFields& fields) {
  return std::make_unique<DelimitedReader>(std::move(source), path, delimiter, fields);
}

}  // namespace svi_lda

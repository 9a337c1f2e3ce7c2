#include "text/text_inputs.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "corpus/byte_source.h"
#include "corpus/cache.h"
#include "corpus/vw_reader.h"
#include "svi_lda/error.h"
#include "text/text_lines.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

constexpr struct {
  std::string_view name;
  TextFormat format;
} kNames[] = {{"lines", TextFormat::kLines},
              {"files", TextFormat::kFile},
              {"jsonl", TextFormat::kJsonLines},
              {"csv", TextFormat::kCsv},
              {"tsv", TextFormat::kTsv}};

constexpr struct {
  std::string_view ending;
  TextFormat format;
} kEndings[] = {{".txt", TextFormat::kLines},       {".text", TextFormat::kLines},
                {".jsonl", TextFormat::kJsonLines}, {".ndjson", TextFormat::kJsonLines},
                {".csv", TextFormat::kCsv},         {".tsv", TextFormat::kTsv},
                {".tab", TextFormat::kTsv}};

[[noreturn]] void fail_io(const std::string& path, const std::error_code& error) {
  throw Error(ErrorKind::kIo, path, 0, "cannot be read: " + reason_for(error.value()),
              hint_for(error.value()));
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator next(folder, error);
  for (; !error && next != fs::recursive_directory_iterator(); next.increment(error)) {
    if (is_hidden(next->path())) {
      next.disable_recursion_pending();
    } else if (next->is_regular_file(error)) {
      files.push_back(next->path().string());
    }
  }
  if (error) fail_io(folder, error);
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    throw Error(ErrorKind::kInput, folder, 0, "a folder without a file in it",
                "give a folder of text files, one document a file");
  }
  return files;
}

// The first line that is not blank, no more than the beginning of a long one.
std::string first_line(const std::string& path) {
  constexpr std::size_t kEnough = std::size_t{1} << 16;
  const auto source = decompress(open_file(path), path);
  std::string head(kEnough, '\0');
  std::size_t held = 0;
  while (held < kEnough) {
    const std::size_t got = source->read(head.data() + held, kEnough - held);
    if (got == 0) break;
    held += got;
  }
  head.resize(held);
  const std::size_t begin = std::min(head.find_first_not_of(" \t\r\n"), head.size());
  return head.substr(begin, head.find_first_of("\r\n", begin) - begin);
}

bool is_number(std::string_view field) {
  return field.find_first_not_of("0123456789+-.eE") == std::string_view::npos &&
         field.find_first_of("0123456789") != std::string_view::npos;
}

bool begins_as_matrix(std::string_view line) {
  if (line.empty() || line.starts_with("%%MatrixMarket")) return true;
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  if (!is_number(line.substr(0, end))) return false;
  const std::size_t second = std::min(line.find_first_not_of(" \t", end), line.size());
  const std::string_view field =
      line.substr(second, std::min(line.find_first_of(" \t", second), line.size()) - second);
  return field.empty() || is_number(field) || field.find(':') != std::string_view::npos;
}

}  // namespace

std::optional<TextFormat> text_format_from_name(const std::string& name) {
  for (const auto& known : kNames) {
    if (known.name == name) return known.format;
  }
  return std::nullopt;
}

std::optional<TextFormat> text_format_by_name_of(const std::string& path) {
  std::string name = fs::path(path).filename().string();
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  for (const std::string_view packed : {".gz", ".bz2", ".zst", ".xz"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  for (const auto& known : kEndings) {
    if (name.ends_with(known.ending)) return known.format;
  }
  return std::nullopt;
}

bool looks_like_text(const std::string& path) {
  if (path == "-") return false;
  try {
    const bool folder = fs::is_directory(path);
    if (!folder && !text_format_by_name_of(path)) return false;
    const std::string first = folder ? files_below(path).front() : path;
    if (is_cache(first)) return false;
    const std::string line = first_line(first);
    if (begins_as_matrix(line)) return false;
    // Columns and JSON may well have a '|' in them.
    const auto format = text_format_by_name_of(first).value_or(TextFormat::kLines);
    return format != TextFormat::kLines || !is_vw_line(line);
  } catch (const Error&) {
    return false;  // who reads it as a matrix says what is wrong
  }
}

std::vector<TextSource> list_text_sources(const std::vector<std::string>& inputs,
                                          const std::optional<TextFormat>& format) {
  std::vector<TextSource> sources;
  for (const std::string& input : inputs) {
    if (input != "-" && fs::is_directory(input)) {
      for (std::string& file : files_below(input)) {
        sources.push_back({std::move(file), format.value_or(TextFormat::kFile)});
      }
    } else {
      sources.push_back(
          {input, format ? *format : text_format_by_name_of(input).value_or(TextFormat::kLines)});
    }
  }
  return sources;
}

std::vector<TextSource> listed_text_sources(const std::string& list,
                                            const std::optional<TextFormat>& format) {
  TextLines lines(open_file(list), list);
  std::vector<TextSource> sources;
  for (std::string path; lines.next(path);) {
    if (!path.empty()) sources.push_back({path, format.value_or(TextFormat::kFile)});
  }
  if (sources.empty()) {
    lines.fail_at(1, "names no file", "write the path of a document on each line");
  }
  return sources;
}

TextStream::TextStream(std::vector<TextSource> sources, TextFields fields)
    : sources_(std::move(sources)), fields_(std::move(fields)) {}

bool TextStream::open_next() {
  if (opened_ == sources_.size()) return false;
  const TextSource& source = sources_[opened_++];
  reader_ = open_text(open_file(source.path), source.path, source.format, fields_);
  return true;
}

void TextStream::close() {
  const EncodingCount& encoding = reader_->encoding();
  closed_.bytes += encoding.bytes;
  closed_.invalid += encoding.invalid;
  if (encoding.invalid != 0 && first_invalid_.empty()) {
    first_invalid_ = display_name(sources_[opened_ - 1].path);
    if (encoding.first_line != 0) {
      first_invalid_.append(":").append(std::to_string(encoding.first_line));
    }
  }
  found_ = found();
  reader_.reset();
}

FieldsFound TextStream::found() const {
  FieldsFound all = found_;
  if (reader_) {
    const FieldsFound here = reader_->found();
    all = {all.text || here.text, all.id || here.id, all.label || here.label, all.date || here.date,
           all.title || here.title};
  }
  return all;
}

bool TextStream::next(TextDocument& document) {
  for (;;) {
    if (!reader_ && !open_next()) return false;
    if (reader_->next(document)) break;
    close();
  }
  ++documents_;
  if (document.id.empty()) {
    const TextSource& source = sources_[opened_ - 1];
    document.id =
        source.format == TextFormat::kFile ? display_name(source.path) : std::to_string(documents_);
  }
  return true;
}

EncodingCount TextStream::encoding() const {
  EncodingCount all = closed_;
  if (reader_) {
    all.bytes += reader_->encoding().bytes;
    all.invalid += reader_->encoding().invalid;
  }
  return all;
}

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/text_reader.h"

namespace svi_lda {

// "lines", "files", "jsonl", "csv", "tsv"; nothing for any other name.
std::optional<TextFormat> text_format_from_name(const std::string& name);

// The format that the ending of a file's name means (.jsonl, .ndjson, .csv, .tsv, .tab, .txt,
// .text; .gz, .bz2, .zst or .xz behind it do not count); nothing for any other.
std::optional<TextFormat> text_format_by_name_of(const std::string& path);

// Whether a corpus is raw text, by its name and its beginning: a file whose name ends as above, or
// a folder, unless its first line (of a folder, the first of its first file) that is not blank
// begins as a matrix does: a number and nothing behind it, another number, or id:count; or
// '%%MatrixMarket', or a line of Vowpal Wabbit.
// "-", caches, archives and what cannot be read are no text.
bool looks_like_text(const std::string& path);

struct TextSource {
  std::string path;  // "-" = standard input
  TextFormat format;
};

// The files of `inputs` in their order: a folder's are all regular files below it, by path, those
// whose name begins with a dot left out. `format`: of all of them; where there is none, each file
// of a folder is a document, other files are told by their name, and those that are not have a
// document a line. Fails: Error kIo, kInput (a folder without a file).
std::vector<TextSource> list_text_sources(const std::vector<std::string>& inputs,
                                          const std::optional<TextFormat>& format);
// The paths in the file `list`, one a line, a document each unless `format` says other.
std::vector<TextSource> listed_text_sources(const std::string& list,
                                            const std::optional<TextFormat>& format);

// The documents of several files, one after the other. A document without an id of its own has its
// path where it is a whole file, else its number (from 1 on, over all files).
class TextStream {
 public:
  TextStream(std::vector<TextSource> sources, TextFields fields);

  // Fails: as open_text and TextReader::next.
  bool next(TextDocument& document);

  std::uint64_t documents() const { return documents_; }
  // Of all that has been read.
  EncodingCount encoding() const;
  // In any of the files.
  FieldsFound found() const;
  // "path:line" of the first byte that is no UTF-8; empty where there is none.
  const std::string& first_invalid() const { return first_invalid_; }

 private:
  bool open_next();
  void close();

  std::vector<TextSource> sources_;
  TextFields fields_;
  std::size_t opened_ = 0;
  std::unique_ptr<TextReader> reader_;
  std::uint64_t documents_ = 0;
  EncodingCount closed_;
  FieldsFound found_;  // in the files that are closed
  std::string first_invalid_;
};

}  // namespace svi_lda

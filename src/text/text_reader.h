#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corpus/byte_source.h"

namespace svi_lda {

// A document as text, with what its source says of it; UTF-8. Buffers are kept from one document to
// the next.
struct TextDocument {
  std::string text;
  std::string id;  // empty where the source has none
  std::string title;
  std::string label;
  std::string date;

  void clear() {
    for (std::string* const part : {&text, &id, &title, &label, &date}) part->clear();
  }
};

// How the documents lie in a file.
enum class TextFormat {
  kLines,      // one a line
  kFile,       // the whole file
  kJsonLines,  // one JSON object a line
  kCsv,        // RFC 4180: a record a document, fields in quotes may hold line ends
  kTsv,        // a line a document, fields between tabs, quotes as they are (IANA text/tsv)
};

// Where a JSON object or a record has what. Names of fields or columns; numbers from 1 on where a
// CSV or TSV file has no header. Empty: no such field; for the text: "text", or the only column.
struct TextFields {
  std::string text = {};
  std::string id = {};
  std::string label = {};
  std::string date = {};
  std::string title = {};
  bool header = true;                    // of CSV and TSV
  bool titles_and_labels_needed = true;  // whether their column in CSV and TSV must be there
};

// Which of the fields that were named stood in any document.
struct FieldsFound {
  bool text = false;
  bool id = false;
  bool label = false;
  bool date = false;
  bool title = false;
};

// The fields that were named and stood in no document, as options: "--id-field 'doi'".
std::vector<std::string> fields_not_found(const TextFields& named, const FieldsFound& found);

// Bytes of text that were read, and those of them that are no UTF-8.
struct EncodingCount {
  std::uint64_t bytes = 0;
  std::uint64_t invalid = 0;
  std::uint64_t first_line = 0;  // of the first invalid byte
};

// The documents of one file, front to back. Bytes that are no UTF-8 become U+FFFD and are counted;
// more than a tenth of them is an error, as is a NUL byte.
class TextReader {
 public:
  virtual ~TextReader() = default;
  // The next document; false at the end. What is no UTF-8 in it is counted at once, and judged at
  // the end of the file at the latest.
  // Fails: Error kInput with path, line, what is wrong and what to do; kIo.
  virtual bool next(TextDocument& document) = 0;
  virtual const EncodingCount& encoding() const = 0;
  // Of what has been read so far.
  virtual FieldsFound found() const { return {}; }
};

// No document may be longer; in a file whose lines are documents, no line.
inline constexpr std::size_t kLongestText = std::size_t{256} << 20;

// Documents of a source that is plain or of what decompress() knows; `path` names
// it in errors.
std::unique_ptr<TextReader> open_text(std::unique_ptr<ByteSource> source, const std::string& path,
                                      TextFormat format, const TextFields& fields);

}  // namespace svi_lda

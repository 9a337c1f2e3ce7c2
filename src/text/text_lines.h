#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "corpus/byte_source.h"
#include "corpus/line_reader.h"
#include "text/text_reader.h"

namespace svi_lda {

// Lines of a text file, repaired where they are no UTF-8.
class TextLines {
 public:
  TextLines(std::unique_ptr<ByteSource> source, const std::string& path);

  // The next line without its end; false at the end of the file.
  // Fails: kInput (NUL byte, a line of over kLongestText bytes, too much that is no UTF-8).
  bool next(std::string& line);
  std::uint64_t line() const { return lines_.line(); }
  const EncodingCount& encoding() const { return encoding_; }

  [[noreturn]] void fail(std::string problem, std::string hint) const {
    lines_.fail(std::move(problem), std::move(hint));
  }
  [[noreturn]] void fail_at(std::uint64_t line, std::string problem, std::string hint) const {
    lines_.fail_at(line, std::move(problem), std::move(hint));
  }

 private:
  LineReader lines_;
  std::string path_;
  EncodingCount encoding_;
};

// Repairs `text`, which ended in `line`, and counts. Fails: Error kInput where more than a tenth of
// what has been counted is no UTF-8, and that is enough to tell or `at_end`.
void count_and_repair(std::string& text, std::uint64_t line, const std::string& path,
                      EncodingCount& encoding);
void require_mostly_utf8(const EncodingCount& encoding, const std::string& path, bool at_end);

inline constexpr const char* kBinaryHint =
    "give text in UTF-8; for UTF-16: 'iconv -f UTF-16 -t UTF-8 FILE'";

}  // namespace svi_lda

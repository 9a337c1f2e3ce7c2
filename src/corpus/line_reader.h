#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/byte_source.h"

namespace svi_lda {

// Splits a source into lines, read in blocks. LF and CRLF end a line; the last line may lack its
// end; a byte order mark before the first line is dropped.
class LineReader {
 public:
  // Lines of over max_length bytes are an error, so that memory stays bounded.
  LineReader(std::unique_ptr<ByteSource> source, std::string path, std::size_t max_length);
  LineReader(LineReader&&) = default;
  LineReader& operator=(LineReader&&) = default;

  // The next line, without its end, into `line`, valid until the next call; false at the end.
  // Fails: kInput for a NUL byte or a line that is too long; what the source throws, with the line.
  bool next(std::string_view& line) {
    const auto* end = static_cast<const char*>(
        std::memchr(begin_, '\n', static_cast<std::size_t>(end_ - begin_)));
    if (end == nullptr || end > checked_ || static_cast<std::size_t>(end - begin_) > max_length_)
      return next_slow(line);
    take(end, end + 1, line);
    return true;
  }

  // What has been read of the lines to come, for a parser that finds the ends of short lines
  // itself; no NUL byte is in it. It may be empty, and end within a line.
  std::string_view buffered() const {
    return {begin_, static_cast<std::size_t>(checked_ - begin_)};
  }

  // Takes the first `lines` lines of buffered(), `bytes` with their ends, as delivered.
  void take_lines(std::uint64_t lines, std::size_t bytes) {
    begin_ += bytes;
    line_ += lines;
    last_ = begin_;
  }

  // Makes next() deliver the last line that it delivered once more. At most once for a line, and
  // not after take_lines().
  void unread() {
    begin_ = last_;
    --line_;
  }

  void set_max_length(std::size_t max_length) { max_length_ = max_length; }

  // Hints at errors in the first lines say what the text was taken for: that may be the mistake.
  void set_guess(std::string format) { guess_ = std::move(format); }
  // What to do about a NUL byte, where the text is no matrix.
  void set_binary_hint(std::string hint) { binary_hint_ = std::move(hint); }

  const std::string& path() const { return path_; }
  std::uint64_t line() const { return line_; }  // of the last line delivered, 1-based

  // Throws Error kInput at the last line delivered, or at `line`.
  [[noreturn]] void fail(std::string problem, std::string hint) const;
  [[noreturn]] void fail_at(std::uint64_t line, std::string problem, std::string hint) const;

 private:
  void take(const char* end, const char* next, std::string_view& line) {
    last_ = begin_;
    line = std::string_view(begin_, static_cast<std::size_t>(end - begin_));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    begin_ = next;
    ++line_;
  }
  bool next_slow(std::string_view& line);
  bool fill();

  std::unique_ptr<ByteSource> source_;
  std::string path_;
  std::string guess_;  // empty = the format is known
  std::size_t max_length_;
  std::string binary_hint_ = "give UCI docword or LDA-C text, plain or gzip";
  std::vector<char> buffer_;
  const char* begin_ = nullptr;    // of what is still to be delivered
  const char* end_ = nullptr;      // of what has been read
  const char* checked_ = nullptr;  // the first NUL byte in [begin_, end_), else end_
  const char* last_ = nullptr;     // of the last line delivered
  std::uint64_t line_ = 0;
  bool at_end_ = false;
};

}  // namespace svi_lda

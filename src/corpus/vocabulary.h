#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace svi_lda {

class ByteSource;

// The words of a corpus by id. Empty where none was given: words then print as ids.
class Vocabulary {
 public:
  Vocabulary() = default;
  explicit Vocabulary(std::vector<std::string> words) : words_(std::move(words)) {}

  // One word a line, UTF-8; blanks behind a word, CRLF, a missing last newline and blank lines at
  // the end are accepted; plain or gzip; "-" is standard input.
  // Fails: kIo; kInput with the line of an empty word, of invalid UTF-8, of a NUL byte or of a word
  // of over kMaxWordLength code points, and for a file without a word.
  static Vocabulary read(const std::string& path);
  // The same from any source of bytes, which `path` names.
  static Vocabulary read(std::unique_ptr<ByteSource> source, const std::string& path);
  static constexpr std::size_t kMaxWordLength = 1000;

  bool empty() const { return words_.empty(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }
  const std::vector<std::string>& words() const { return words_; }

  // The word, or its id in decimal (0-based) where there is no vocabulary.
  std::string word(std::uint32_t id) const {
    return words_.empty() ? std::to_string(id) : words_[id];
  }

 private:
  std::vector<std::string> words_;
};

// For each id of `from` the id of the same word in `to`, or kNoWord. Where a word stands twice in
// `to` the first id counts.
inline constexpr std::uint32_t kNoWord = 0xffffffffu;
std::vector<std::uint32_t> map_words(const Vocabulary& from, const Vocabulary& to);

}  // namespace svi_lda

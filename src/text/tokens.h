#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace svi_lda {

// The words of one document in their order, UTF-8, one behind the other in one buffer that is kept
// from document to document.
class Tokens {
 public:
  void clear() {
    bytes_.clear();
    ends_.clear();
  }
  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }
  // Bytes of the longest word.
  std::size_t longest() const {
    std::size_t bytes = 0;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      bytes = std::max(bytes, end - begin);
      begin = end;
    }
    return bytes;
  }
  // Valid until the next change.
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }

  // Adds a word (not of these tokens themselves).
  void add(std::string_view word) {
    bytes_.append(word);
    end_word();
  }
  // Adds a word byte by byte: append() its bytes, then end_word() or drop_word().
  void append(char byte) { bytes_ += byte; }
  void append(std::string_view piece) { bytes_.append(piece); }
  void end_word() { ends_.push_back(bytes_.size()); }
  void drop_word() { bytes_.resize(ends_.empty() ? 0 : ends_.back()); }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

}  // namespace svi_lda

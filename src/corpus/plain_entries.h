#pragma once

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "corpus/document.h"

namespace svi_lda {

static_assert(std::endian::native == std::endian::little,
              "the first byte of a text is the lowest of the number that it is loaded into");

inline std::uint64_t load8(const char* p) {
  std::uint64_t bytes;
  std::memcpy(&bytes, p, sizeof bytes);
  return bytes;
}

// "17 ", with which the entries of document 17 begin.
class EntryPrefix {
 public:
  explicit EntryPrefix(std::uint64_t doc) {
    static_assert(kMaxDocuments < 1'000'000'000'000'000);  // room for the digits and the blank
    char text[kBytes] = {};
    char* const end = std::to_chars(text, text + kBytes - 1, doc).ptr;
    *end = ' ';
    size_ = static_cast<std::size_t>(end - text) + 1;
    text_[0] = load8(text);
    text_[1] = load8(text + 8);
    char mask[kBytes] = {};
    std::memset(mask, 0xff, size_);
    mask_[0] = load8(mask);
    mask_[1] = load8(mask + 8);
  }

  static constexpr std::size_t kBytes = 16;
  std::size_t size() const { return size_; }
  // Whether the kBytes bytes at p begin with it.
  bool begins(const char* p) const {
    return (((load8(p) ^ text_[0]) & mask_[0]) | ((load8(p + 8) ^ text_[1]) & mask_[1])) == 0;
  }

 private:
  std::uint64_t text_[2];
  std::uint64_t mask_[2];
  std::size_t size_;
};

// The number of at most 7 digits at p, of which 8 bytes can be read, and how many digits it has; 0
// digits where there is none or more. All digits at once: their places are found in one comparison
// of 8 bytes, and neighbours joined to numbers below 10^2, 10^4, 10^8.
inline std::size_t parse_short_number(const char* p, std::uint32_t& value) {
  std::uint64_t digits = load8(p) ^ 0x3030303030303030u;
  const std::uint64_t others =
      ((digits + 0x7676767676767676u) | digits) & 0x8080808080808080u;  // right up to the first
  if (others == 0 || (others & 0x80u) != 0) return 0;
  const int size = std::countr_zero(others) / 8;
  digits <<= 64 - 8 * size;
  digits = digits * 10 + (digits >> 8);
  digits = ((digits & 0x000000ff000000ffu) * 0x000f424000000064u +
            (digits >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >>
           32;
  value = static_cast<std::uint32_t>(digits);
  return static_cast<std::size_t>(size);
}

struct PlainEntries {
  std::uint64_t entries;
  std::size_t bytes;
};

// Appends the entries of one document that `text` begins with to `document`: lines of `prefix`, a
// word id in 1 .. vocab_size, a blank, a count in 1 .. kMaxCount and LF, at most `most` of them.
// It stops before the first line that is anything else, wrong or only unusual, and before the last
// bytes of `text`.
inline PlainEntries parse_plain_entries(std::string_view text, const EntryPrefix& prefix,
                                        std::uint32_t vocab_size, std::uint64_t most,
                                        Document& document) {
  // What is read of a line, at most: the prefix and three times 8 bytes.
  constexpr std::size_t kReach = EntryPrefix::kBytes + 3 * 8;
  constexpr std::size_t kAtOnce = 128;
  std::uint32_t words[kAtOnce];
  std::uint32_t counts[kAtOnce];
  const char* p = text.data();
  const char* const end = p + text.size();
  std::uint64_t entries = 0;
  std::size_t n = 0;
  do {
    n = 0;
    const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(kAtOnce, most - entries));
    for (; n < room && static_cast<std::size_t>(end - p) >= kReach && prefix.begins(p); ++n) {
      std::uint32_t word = 0;  // which no word has
      const char* q = p + prefix.size();
      q += parse_short_number(q, word);
      if (*q != ' ' || word - 1 >= vocab_size) break;
      ++q;
      auto count = static_cast<std::uint32_t>(*q - '0');
      if (count < 10 && q[1] == '\n') {
        ++q;
      } else {
        q += parse_short_number(q, count);
        if (*q != '\n') break;
      }
      if (count - 1 >= kMaxCount) break;
      words[n] = word - 1;
      counts[n] = count;
      p = q + 1;
    }
    document.words.insert(document.words.end(), words, words + n);
    document.counts.insert(document.counts.end(), counts, counts + n);
    entries += n;
  } while (n == kAtOnce);
  return {entries, static_cast<std::size_t>(p - text.data())};
}

}  // namespace svi_lda

#include "corpus/vocabulary.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/document.h"
#include "corpus/line_reader.h"
#include "corpus/number.h"

namespace svi_lda {
namespace {

constexpr std::size_t kLongestCodePoint = 4;

// The bytes of the UTF-8 sequence at the front of `text` (Unicode 15, table 3-7), 0 where there is
// none: overlong forms, surrogates and what lies beyond U+10FFFF are none.
std::size_t code_point_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto within = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return within(1, 0x80, 0xbf) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : 0xbf;
    return within(1, low, high) && within(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
    return within(1, low, high) && within(2, 0x80, 0xbf) && within(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

void check_word(const LineReader& lines, std::string_view word) {
  std::size_t code_points = 0;
  for (std::size_t i = 0; i < word.size(); ++code_points) {
    const std::size_t length = code_point_length(word.substr(i));
    if (length == 0) {
      lines.fail("the word " + quote(word) + " is not valid UTF-8",
                 "convert the vocabulary, for one from Latin-1: 'iconv -f LATIN1 -t UTF-8'");
    }
    i += length;
  }
  if (code_points > Vocabulary::kMaxWordLength) {
    lines.fail("a word of " + std::to_string(code_points) + " characters, above " +
                   std::to_string(Vocabulary::kMaxWordLength),
               "a vocabulary has one word a line");
  }
}

}  // namespace

Vocabulary Vocabulary::read(const std::string& path) { return read(open_file(path), path); }

Vocabulary Vocabulary::read(std::unique_ptr<ByteSource> source, const std::string& path) {
  // Room for a word of the greatest length and for the blanks behind it.
  constexpr std::size_t kMaxLine = 2 * kLongestCodePoint * kMaxWordLength;
  LineReader lines(gunzip_if_compressed(std::move(source), path), path, kMaxLine);
  std::vector<std::string> words;
  std::uint64_t empty_line = 0;
  std::string_view line;
  while (lines.next(line)) {
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (line.empty()) {
      if (empty_line == 0) empty_line = lines.line();
      continue;
    }
    if (empty_line != 0) {
      lines.fail_at(empty_line, "an empty word", "a vocabulary has one word a line, none empty");
    }
    if (words.size() == kMaxVocabulary) {
      lines.fail("more than " + std::to_string(kMaxVocabulary) + " words",
                 "check that this is the right file");
    }
    check_word(lines, line);
    words.emplace_back(line);
  }
  if (words.empty()) {
    lines.fail_at(1, "the vocabulary is empty", "a vocabulary has one word a line");
  }
  return Vocabulary(std::move(words));
}

std::vector<std::uint32_t> map_words(const Vocabulary& from, const Vocabulary& to) {
  std::unordered_map<std::string_view, std::uint32_t> ids;
  ids.reserve(to.size());
  for (std::uint32_t id = 0; id < to.size(); ++id) ids.emplace(to.words()[id], id);
  std::vector<std::uint32_t> map(from.size(), kNoWord);
  for (std::uint32_t id = 0; id < from.size(); ++id) {
    if (const auto found = ids.find(from.words()[id]); found != ids.end()) map[id] = found->second;
  }
  return map;
}

}  // namespace svi_lda

#include "corpus/vocabulary.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/document.h"
#include "corpus/line_reader.h"
#include "corpus/number.h"
#include "corpus/word_check.h"

namespace svi_lda {
namespace {

constexpr std::size_t kLongestCodePoint = 4;

}  // namespace

Vocabulary Vocabulary::read(const std::string& path) { return read(open_file(path), path); }

Vocabulary Vocabulary::read(std::unique_ptr<ByteSource> source, const std::string& path) {
  // Room for a word of the greatest length and for the blanks behind it.
  constexpr std::size_t kMaxLine = 2 * kLongestCodePoint * kMaxWordLength;
  LineReader lines(decompress(std::move(source), path), path, kMaxLine);
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
    check_word(lines, line, "a vocabulary has one word a line");
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

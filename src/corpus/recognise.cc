#include "corpus/recognise.h"

#include <string_view>

#include "corpus/ldac_reader.h"
#include "corpus/matrix_market_reader.h"
#include "corpus/number.h"
#include "corpus/utf8.h"
#include "corpus/vw_reader.h"

namespace svi_lda {
namespace {

constexpr std::size_t kLookedAt = std::size_t{64} * 1024;

// By its first line alone: what lies behind it in memory depends on how the bytes come in.
void refuse_binary(const LineReader& lines, std::string_view first) {
  first = first.substr(0, kLookedAt);
  const std::size_t invalid = invalid_utf8_bytes(first);
  if (invalid * 10 > first.size()) {
    lines.fail("not text: " + std::to_string(100 * invalid / first.size()) +
                   "% of its first bytes are no UTF-8",
               "this is a binary file, or text in another encoding: 'iconv -t UTF-8' converts it");
  }
}

[[noreturn]] void fail_unknown(const LineReader& lines, std::string_view line) {
  refuse_binary(lines, line);
  lines.fail(
      "neither UCI docword nor LDA-C, mtx, vw or npz: the file begins with " + quote(line),
      "UCI begins with D, W and NNZ, each on a line of its own, LDA-C with 'N id:count ...'; "
      "svmlight and mallet go by --corpus-format, other text by 'svi-lda vectorize'");
}

}  // namespace

Recognised recognise(LineReader& lines) {
  Recognised found;
  std::string_view line;
  std::string_view field;
  std::string_view rest;
  std::uint64_t blank_line = 0;
  std::uint64_t first_line = 0;
  // A line "0" may be an empty document of LDA-C or the D of a UCI header; the latter is an error
  // whatever follows it.
  for (;;) {
    if (!lines.next(line)) {
      if (first_line == 0) {
        lines.fail_at(1, "the file is empty", "check that this is the right file");
      }
      lines.fail("no document has a word", "give a corpus with at least one token");
    }
    rest = line;
    field = next_field(rest);
    if (field.empty()) {
      if (blank_line == 0) blank_line = lines.line();
      continue;
    }
    if (first_line == 0) first_line = lines.line();
    if (field != "0" || !is_blank_line(rest)) break;
    ++found.empty_lines;
  }

  const bool number = is_digit(field.front()) || field.front() == '-' || field.front() == '+';
  const bool vw = is_vw_line(line);
  if (vw && found.empty_lines == 0) {
    found.format = CorpusFormat::kVw;
  } else if (number && line.find(':') != std::string_view::npos) {
    if (blank_line != 0) fail_blank_ldac_line(lines, blank_line);
    found.format = CorpusFormat::kLdac;
  } else if (found.empty_lines != 0) {
    lines.fail_at(first_line, "number of documents D '0' is below 1",
                  "give a corpus with at least one token");
  } else if (line.starts_with(kMatrixMarketBanner)) {
    found.format = CorpusFormat::kMatrixMarket;
  } else if (number) {
    found.format = CorpusFormat::kUci;
  } else {
    fail_unknown(lines, line);
  }
  lines.unread();
  return found;
}

}  // namespace svi_lda

#include "text/pattern_finder.h"

#include <unicode/uchar.h>

#include "svi_lda/error.h"
#include "text/ascii_stretches.h"
#include "text/icu_error.h"
#include "text/utf8.h"

namespace svi_lda {
namespace {

constexpr std::string_view kPythonUnicode = "(?u)";

[[noreturn]] void fail(const std::string& pattern, const std::string& problem) {
  throw Error(ErrorKind::kUsage, "--token-pattern '" + pattern + "': " + problem,
              "it must be a regular expression of ICU's syntax, for one like [a-z]{3,}");
}

bool is_space(UChar32 c) { return u_isUWhiteSpace(c) != 0 || u_iscntrl(c) != 0; }

}  // namespace

PatternFinder::PatternFinder(const std::string& pattern, bool all_by_icu) {
  std::string_view expression = pattern;
  if (expression.starts_with(kPythonUnicode)) expression.remove_prefix(kPythonUnicode.size());
  UErrorCode status = U_ZERO_ERROR;
  matcher_ = std::make_unique<icu::RegexMatcher>(
      icu::UnicodeString::fromUTF8(
          icu::StringPiece(expression.data(), static_cast<std::int32_t>(expression.size()))),
      0, status);
  if (U_FAILURE(status))
    fail(pattern, "is no regular expression (" + std::string(u_errorName(status)) + ")");
  const std::int32_t groups = matcher_->groupCount();
  if (groups > 1) fail(pattern, "has more than one group; write (?:...) for those that only group");
  group_ = groups;
  if (!all_by_icu) runs_ = parse_run_pattern(expression);
}

// ASCII by hand: it is most of most texts.
void PatternFinder::fold(std::string_view text) {
  const auto length = static_cast<std::int32_t>(text.size());
  if (ascii_prefix(text) < text.size()) {
    folded_ = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), length));
    folded_.foldCase();
    return;
  }
  char16_t* const out = folded_.getBuffer(length);
  if (out == nullptr) require_icu(U_MEMORY_ALLOCATION_ERROR, "case folding");
  for (std::size_t i = 0; i < text.size(); ++i) {
    out[i] = static_cast<char16_t>(to_lower_ascii(text[i]));
  }
  folded_.releaseBuffer(length);
}

void PatternFinder::find(std::string_view text, Tokens& tokens) {
  if (!runs_) return find_by_icu(text, tokens);
  for_ascii_stretches(
      text, [&](std::string_view piece) { find_runs(piece, tokens); },
      [&](std::string_view piece) { find_by_icu(piece, tokens); });
}

void PatternFinder::find_runs(std::string_view piece, Tokens& tokens) const {
  const auto is_in = [&](std::size_t i) {
    return runs_->in_class[static_cast<unsigned char>(to_lower_ascii(piece[i]))];
  };
  for (std::size_t i = 0; i < piece.size();) {
    if (!is_in(i)) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < piece.size() && is_in(i)) ++i;
    if (i - begin < runs_->least) continue;
    for (const char c : piece.substr(begin, i - begin)) tokens.append(to_lower_ascii(c));
    tokens.end_word();
  }
}

void PatternFinder::find_by_icu(std::string_view text, Tokens& tokens) {
  fold(text);
  matcher_->reset(folded_);
  UErrorCode status = U_ZERO_ERROR;
  while (matcher_->find(status)) {
    const std::int32_t begin = matcher_->start(group_, status);
    const std::int32_t end = matcher_->end(group_, status);
    if (begin >= 0 && end > begin) {
      add(icu::UnicodeString(false, folded_.getBuffer() + begin, end - begin), tokens);
    }
  }
  if (U_FAILURE(status)) {
    throw Error(ErrorKind::kInput,
                "--token-pattern cannot be matched: " + std::string(u_errorName(status)),
                "take one with fewer nested repetitions");
  }
}

void PatternFinder::add(const icu::UnicodeString& match, Tokens& tokens) {
  const char16_t* const units = match.getBuffer();
  bool plain = true;
  for (std::int32_t i = 0; i < match.length() && plain; ++i) {
    plain = units[i] > 0x20 && units[i] < 0x7f;
  }
  if (plain) {
    for (std::int32_t i = 0; i < match.length(); ++i) tokens.append(static_cast<char>(units[i]));
    tokens.end_word();
    return;
  }
  icu::UnicodeString squeezed;
  for (std::int32_t i = 0; i < match.length();) {
    const UChar32 c = match.char32At(i);
    i += U16_LENGTH(c);
    if (!is_space(c)) {
      squeezed.append(c);
    } else if (!squeezed.isEmpty() && squeezed[squeezed.length() - 1] != u' ') {
      squeezed.append(u' ');
    }
  }
  std::string utf8;
  squeezed.trim().toUTF8String(utf8);
  const std::string normal = normalizer_.normal_form(utf8);
  const std::size_t first = normal.find_first_not_of(' ');
  if (first == std::string::npos) return;
  tokens.add(std::string_view(normal).substr(first, normal.find_last_not_of(' ') + 1 - first));
}

}  // namespace svi_lda

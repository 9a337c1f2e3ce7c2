#include "text/word_finder.h"

#include <unicode/uchar.h>

#include <string>

#include "text/ascii_stretches.h"
#include "text/icu_error.h"

namespace svi_lda {
namespace {

// ICU 72, alone of its versions, takes it for a letter; by UAX #29 it separates.
constexpr char16_t kAt = u'@';

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

icu::UnicodeString to_utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

bool is_emoji(UChar32 c) {
  constexpr UChar32 kFirstPictograph = 0x2600;
  return u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) != 0 ||
         (c >= kFirstPictograph && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0);
}

bool is_variation_selector(UChar32 c) { return c == 0xfe0e || c == 0xfe0f; }

}  // namespace

WordFinder::WordFinder(const WordKinds& kinds, bool all_by_icu)
    : kinds_(kinds), all_by_icu_(all_by_icu) {
  UErrorCode status = U_ZERO_ERROR;
  boundaries_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  require_icu(status, "word boundaries");
  ask_what_joins();
}

// By asking, not by a table: ICU goes its own way with the colon, and may with others.
void WordFinder::ask_what_joins() {
  const auto joined = [&](char16_t around, char16_t between) {
    const char16_t text[] = {around, between, around};
    utf16_.setTo(text, 3);
    boundaries_->setText(utf16_);
    return boundaries_->next() == 3;
  };
  for (char16_t c = 0; c < 128; ++c) {
    if (c == kAt) continue;
    joins_letters_[c] = joined(u'a', c);
    joins_digits_[c] = joined(u'1', c);
  }
}

void WordFinder::find(std::string_view text, Tokens& tokens) {
  if (all_by_icu_) return find_by_icu(text, tokens);
  for_ascii_stretches(
      text, [&](std::string_view piece) { find_ascii(piece, tokens); },
      [&](std::string_view piece) { find_by_icu(piece, tokens); });
}

// The rules WB5 to WB13b of UAX #29 for letters, digits and _, and what joins two of a kind.
void WordFinder::find_ascii(std::string_view piece, Tokens& tokens) {
  const auto is_word = [](char c) { return is_letter(c) || is_digit(c) || c == '_'; };
  for (std::size_t i = 0; i < piece.size();) {
    if (!is_word(piece[i])) {
      ++i;
      continue;
    }
    bool letter = false;
    bool digit = false;
    for (; i < piece.size(); ++i) {
      const char c = piece[i];
      if (is_letter(c)) {
        letter = true;
      } else if (is_digit(c)) {
        digit = true;
      } else if (c != '_') {
        if (i + 1 == piece.size()) break;
        const char before = piece[i - 1];
        const char behind = piece[i + 1];
        const auto code = static_cast<unsigned char>(c);
        const bool joins = (is_letter(before) && is_letter(behind) && joins_letters_[code]) ||
                           (is_digit(before) && is_digit(behind) && joins_digits_[code]);
        if (!joins) break;
      }
      tokens.append(to_lower_ascii(c));
    }
    if (letter || (digit && kinds_.numbers)) {
      tokens.end_word();
    } else {
      tokens.drop_word();
      if (digit) ++left_out_.numbers;
    }
  }
}

void WordFinder::find_by_icu(std::string_view text, Tokens& tokens) {
  utf16_ = to_utf16(text);
  for (std::int32_t at = utf16_.indexOf(kAt); at >= 0; at = utf16_.indexOf(kAt, at + 1)) {
    utf16_.setCharAt(at, u' ');
  }
  boundaries_->setText(utf16_);
  std::int32_t begin = 0;
  for (std::int32_t end = boundaries_->next(); end != icu::BreakIterator::DONE;
       end = boundaries_->next()) {
    // A view, not a copy.
    add_piece(icu::UnicodeString(false, utf16_.getBuffer() + begin, end - begin), tokens);
    begin = end;
  }
}

void WordFinder::add_piece(const icu::UnicodeString& piece, Tokens& tokens) {
  bool digit = false;
  bool emoji = false;
  for (std::int32_t i = 0; i < piece.length();) {
    const UChar32 c = piece.char32At(i);
    i += U16_LENGTH(c);
    const std::uint32_t category = U_GET_GC_MASK(c);
    if ((category & U_GC_L_MASK) != 0) {
      normalizer_.add(piece, tokens);
      return;
    }
    digit = digit || (category & U_GC_N_MASK) != 0;
    emoji = emoji || (c >= 0x80 && is_emoji(c));
  }
  if (emoji) {
    add_emoji(piece, tokens);
  } else if (digit) {
    if (kinds_.numbers) {
      normalizer_.add(piece, tokens);
    } else {
      ++left_out_.numbers;
    }
  }
}

// Normalization would take the joiners out of "family" and leave its members.
void WordFinder::add_emoji(const icu::UnicodeString& piece, Tokens& tokens) {
  if (!kinds_.emoji) {
    ++left_out_.emoji;
    return;
  }
  icu::UnicodeString bare;
  for (std::int32_t i = 0; i < piece.length();) {
    const UChar32 c = piece.char32At(i);
    i += U16_LENGTH(c);
    if (!is_variation_selector(c) && u_isUWhiteSpace(c) == 0) bare.append(c);
  }
  std::string utf8;
  tokens.add(bare.toUTF8String(utf8));
}

}  // namespace svi_lda

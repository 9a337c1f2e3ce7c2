#include "text/normalize.h"

#include "text/icu_error.h"

namespace svi_lda {
namespace {

constexpr char16_t kApostrophe = u'\'';
constexpr char16_t kRightQuote = u'\u2019';

}  // namespace

WordNormalizer::WordNormalizer() {
  UErrorCode status = U_ZERO_ERROR;
  nfkc_casefold_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
  require_icu(status, "normalization");
}

void WordNormalizer::normalize(const icu::UnicodeString& word) {
  UErrorCode status = U_ZERO_ERROR;
  nfkc_casefold_->normalize(word, normal_, status);
  require_icu(status, "normalization");
  normal_.findAndReplace(icu::UnicodeString(kRightQuote), icu::UnicodeString(kApostrophe));
  utf8_.clear();
  normal_.toUTF8String(utf8_);
}

void WordNormalizer::add(const icu::UnicodeString& word, Tokens& tokens) {
  normalize(word);
  for (std::string_view rest = utf8_; !rest.empty();) {
    const std::size_t space = rest.find(' ');
    const std::string_view piece = rest.substr(0, space);
    if (!piece.empty()) tokens.add(piece);
    if (space == std::string_view::npos) break;
    rest.remove_prefix(space + 1);
  }
}

std::string WordNormalizer::normal_form(std::string_view word) {
  normalize(icu::UnicodeString::fromUTF8(
      icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()))));
  return utf8_;
}

}  // namespace svi_lda

#include "text/utf8.h"

#include <cstdint>
#include <cstring>

#include "corpus/utf8.h"

namespace svi_lda {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::uint64_t kHighBits = 0x8080808080808080u;

// The length of the UTF-8 at the front of `text`, and of the bytes behind it that are none.
struct Stretch {
  std::size_t valid;
  std::size_t invalid;
};

Stretch next_stretch(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    i += ascii_prefix(text.substr(i));
    if (i == text.size()) break;
    const Utf8Sequence sequence = next_sequence(text.substr(i));
    if (!sequence.valid) return {i, sequence.bytes};
    i += sequence.bytes;
  }
  return {text.size(), 0};
}

}  // namespace

std::size_t ascii_prefix(std::string_view text) {
  std::size_t i = 0;
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + i, sizeof block);
    if ((block & kHighBits) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

std::size_t repair_utf8(std::string& text) {
  const Stretch first = next_stretch(text);
  if (first.invalid == 0) return 0;
  std::string repaired;
  repaired.reserve(text.size() + kReplacement.size());
  std::size_t replaced = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const Stretch stretch = next_stretch(rest);
    repaired.append(rest.substr(0, stretch.valid));
    if (stretch.invalid != 0) repaired.append(kReplacement);
    replaced += stretch.invalid;
    rest.remove_prefix(stretch.valid + stretch.invalid);
  }
  text = std::move(repaired);
  return replaced;
}

}  // namespace svi_lda

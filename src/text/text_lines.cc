#include "text/text_lines.h"

#include <string_view>

#include "svi_lda/error.h"
#include "text/utf8.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kEnoughToTell = std::uint64_t{1} << 20;

}  // namespace

void require_mostly_utf8(const EncodingCount& encoding, const std::string& path, bool at_end) {
  if (encoding.invalid * 10 <= encoding.bytes || (!at_end && encoding.bytes < kEnoughToTell)) {
    return;
  }
  throw Error(ErrorKind::kInput, display_name(path), encoding.first_line,
              std::to_string(encoding.invalid) + " of the first " + std::to_string(encoding.bytes) +
                  " bytes are no UTF-8: a binary file or another "
                  "encoding",
              "convert it, for one from Latin-1: 'iconv -f LATIN1 -t UTF-8 FILE'");
}

void count_and_repair(std::string& text, std::uint64_t line, const std::string& path,
                      EncodingCount& encoding) {
  encoding.bytes += text.size();
  const std::size_t invalid = repair_utf8(text);
  if (invalid == 0) return;
  if (encoding.invalid == 0) encoding.first_line = line;
  encoding.invalid += invalid;
  require_mostly_utf8(encoding, path, false);
}

TextLines::TextLines(std::unique_ptr<ByteSource> source, const std::string& path)
    : lines_(decompress(std::move(source), path), path, kLongestText), path_(path) {
  lines_.set_binary_hint(kBinaryHint);
}

bool TextLines::next(std::string& line) {
  std::string_view raw;
  if (!lines_.next(raw)) {
    require_mostly_utf8(encoding_, path_, true);
    return false;
  }
  line.assign(raw);
  count_and_repair(line, lines_.line(), path_, encoding_);
  return true;
}

}  // namespace svi_lda

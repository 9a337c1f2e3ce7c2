#include "text/text_batch.h"

#include <string_view>

namespace svi_lda {
namespace {

constexpr std::size_t kBytes = std::size_t{8} << 20;
constexpr std::size_t kDocs = std::size_t{1} << 14;

void append_field(std::string_view field, std::string& row) {
  for (const char c : field) row += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
}

}  // namespace

void read_batch(TextStream& stream, TextBatch& batch) {
  batch.texts.clear();
  batch.rows.clear();
  TextDocument document;
  for (std::size_t bytes = 0; bytes < kBytes && batch.texts.size() < kDocs;) {
    if (!stream.next(document)) break;
    std::string row;
    append_field(document.id, row);
    for (const std::string* const field : {&document.title, &document.label, &document.date}) {
      row += '\t';
      append_field(*field, row);
    }
    bytes += document.text.size() + row.size();
    batch.texts.push_back(std::move(document.text));
    batch.rows.push_back(std::move(row));
  }
}

}  // namespace svi_lda

// Arbitrary bytes as text in each format: an Error or documents of sound UTF-8, the same ones
// however the bytes come in; and words that a vocabulary takes, the same with and without the way
// for ASCII.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "svi_lda/error.h"
#include "text/analyzer.h"
#include "text/text_reader.h"
#include "text/utf8.h"
#include "text/word_finder.h"
#include "unit/corpus/memory_source.h"

namespace {

using namespace svi_lda;

void require(bool condition) {
  if (!condition) std::abort();
}

void require_utf8(std::string text) { require(repair_utf8(text) == 0); }

std::string all_words(WordFinder& finder, const std::string& text) {
  Tokens tokens;
  finder.find(text, tokens);
  std::string all;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    require(!tokens[i].empty());
    require_utf8(std::string(tokens[i]));
    all.append(tokens[i]).append("\n");
  }
  return all;
}

// What was read, as text, and the message of the error that ended it.
std::string outcome(const std::string& bytes, std::size_t step, TextFormat format,
                    const TextFields& fields) {
  std::string out;
  try {
    const auto reader =
        open_text(std::make_unique<MemorySource>(bytes, step), "in.txt", format, fields);
    for (TextDocument document; reader->next(document);) {
      for (const std::string* const part : {&document.text, &document.id, &document.label}) {
        require_utf8(*part);
        out.append(*part).append("\x1f");
      }
    }
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput);
    require(!error.problem().empty() && !error.hint().empty());
    out += error.what();
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static WordFinder fast({true, true});
  static WordFinder by_icu({true, true}, true);
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const TextFields numbered{.text = "1", .id = "2", .header = false};
  const TextFields named{.text = "text", .id = "id", .label = "label"};
  for (const TextFormat format : {TextFormat::kLines, TextFormat::kFile, TextFormat::kJsonLines,
                                  TextFormat::kCsv, TextFormat::kTsv}) {
    for (const TextFields& fields : {named, numbered}) {
      const std::string whole = outcome(bytes, std::string::npos, format, fields);
      require(whole == outcome(bytes, 1, format, fields));
    }
  }
  std::string text = bytes;
  repair_utf8(text);
  require(all_words(fast, text) == all_words(by_icu, text));
  return 0;
}

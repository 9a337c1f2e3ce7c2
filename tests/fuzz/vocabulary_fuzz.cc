// Arbitrary bytes as a vocabulary: an Error or words that read back as they are.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "corpus/vocabulary.h"
#include "svi_lda/error.h"
#include "unit/corpus/memory_source.h"

namespace {

using namespace svi_lda;

void require(bool condition) {
  if (!condition) std::abort();
}

Vocabulary read_words(std::string bytes, std::size_t step) {
  return Vocabulary::read(std::make_unique<MemorySource>(std::move(bytes), step), "vocab.txt");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Vocabulary words;
  try {
    words = read_words(bytes, std::string::npos);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput && error.line() >= 1);
    require(!error.problem().empty() && !error.hint().empty());
    return 0;
  }
  require(!words.empty());
  require(read_words(bytes, 1).words() == words.words());
  // Behind a first word of ours, so that none of theirs can look like a byte order mark or the
  // magic of another format.
  std::string text = "first\n";
  for (const std::string& word : words.words()) {
    require(!word.empty() && word.find('\n') == std::string::npos);
    text += word + "\n";
  }
  const Vocabulary again = read_words(text, std::string::npos);
  require(std::equal(again.words().begin() + 1, again.words().end(), words.words().begin(),
                     words.words().end()));
  return 0;
}

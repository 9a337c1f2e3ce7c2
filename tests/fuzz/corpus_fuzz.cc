// Arbitrary bytes as a corpus: an Error or sound documents, and the same ones however the bytes
// come in.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "corpus/corpus_reader.h"
#include "corpus/document.h"
#include "corpus/vocabulary.h"
#include "svi_lda/error.h"
#include "unit/corpus/memory_source.h"

namespace {

using namespace svi_lda;

void require(bool condition) {
  if (!condition) std::abort();
}

void require_sound(DocumentView document, const CorpusReader& reader, std::uint32_t bound) {
  require(document.words.size() == document.counts.size());
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    require(i == 0 || document.words[i - 1] < document.words[i]);
    require(document.words[i] < bound && document.words[i] < reader.vocab_seen());
    require(document.counts[i] >= 1 && document.counts[i] <= kMaxCount);
  }
}

// What was read, as text, and the message of the error that ended it.
std::string outcome(const std::string& bytes, std::size_t step, const OpenCorpusOptions& options) {
  // A header may promise a thousand million empty documents.
  constexpr int kDocuments = 1000;
  std::string out;
  try {
    const auto reader =
        open_corpus(std::make_unique<MemorySource>(bytes, step), "corpus.txt", options);
    std::uint32_t bound = options.vocab_size == 0 ? kMaxVocabulary : options.vocab_size;
    if (reader->declared_vocab_size()) bound = *reader->declared_vocab_size();
    Document document;
    for (int i = 0; i < kDocuments && reader->next(document); ++i) {
      require_sound(document.view(), *reader, bound);
      out += std::to_string(content_hash(document.view())) + "\n";
    }
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput && error.line() >= 1);
    require(!error.problem().empty() && !error.hint().empty());
    out += error.what();
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  static const Vocabulary vocabulary({"a", "b", "word"});
  std::vector<OpenCorpusOptions> forms = {{}, {CorpusFormat::kUci}, {CorpusFormat::kLdac, 7}};
  for (const CorpusFormat format : {CorpusFormat::kSvmlight, CorpusFormat::kMatrixMarket,
                                    CorpusFormat::kVw, CorpusFormat::kMallet}) {
    forms.push_back({format});
  }
  forms.push_back({CorpusFormat::kMatrixMarket, 0, false, DocumentsAre::kColumns});
  forms.push_back({CorpusFormat::kVw, 0, false, DocumentsAre::kRows, &vocabulary});
  // By content, and as one of the others: all of them with each input would take so long that few
  // inputs were tried.
  for (const std::size_t form : {std::size_t{0}, 1 + size % (forms.size() - 1)}) {
    const std::string whole = outcome(bytes, std::string::npos, forms[form]);
    require(whole == outcome(bytes, size % 3 == 0 ? 13 : 1, forms[form]));
  }
  return 0;
}

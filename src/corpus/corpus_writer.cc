#include "corpus/corpus_writer.h"

#include "base/file.h"
#include "corpus/cache.h"
#include "corpus/matrix_writers.h"
#include "corpus/text_writers.h"

namespace svi_lda {
namespace {

class CacheCorpusWriter final : public CorpusWriter {
 public:
  explicit CacheCorpusWriter(const std::string& path) : file_(path), cache_(file_.temporary()) {}

  void add(DocumentView document, std::string_view name, std::string_view label) override {
    if (!name.empty()) ++names_left_out_;
    if (!label.empty()) ++labels_left_out_;
    cache_.add(document);
  }
  void finish(std::uint32_t vocab_size, const Vocabulary& vocabulary) override {
    cache_.finish(vocab_size, vocabulary);
    file_.commit();
  }

 private:
  PendingFile file_;
  CacheWriter cache_;
};

}  // namespace

std::unique_ptr<CorpusWriter> write_corpus(const std::string& path,
                                           const WriteCorpusOptions& options) {
  switch (options.format) {
    case CorpusFormat::kUci:
    case CorpusFormat::kMatrixMarket:
      return write_triples(path, options);
    case CorpusFormat::kNpz:
      return write_npz(path, options);
    case CorpusFormat::kCache:
      return std::make_unique<CacheCorpusWriter>(path);
    default:
      return write_lines(path, options);
  }
}

bool carries_words(CorpusFormat format) {
  return format == CorpusFormat::kVw || format == CorpusFormat::kMallet;
}

bool is_text(CorpusFormat format) {
  return format != CorpusFormat::kNpz && format != CorpusFormat::kCache;
}

}  // namespace svi_lda

// Arbitrary bytes as a sparse matrix of SciPy: an Error or sound documents, never an allocation
// that the file does not back.
// How an input becomes a file: write_archive().
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "corpus/document.h"
#include "corpus/npz_corpus.h"
#include "svi_lda/error.h"
#include "zip_input.h"

namespace {

using namespace svi_lda;

constexpr std::array kMembers = {"format.npy", "shape.npy", "indptr.npy", "indices.npy",
                                 "data.npy",   "row.npy",   "col.npy"};

void read(const std::string& path, DocumentsAre documents_are) {
  // A shape may promise a thousand million empty documents.
  constexpr int kDocuments = 10'000;
  try {
    const auto reader = read_npz_corpus(path, documents_are);
    Document document;
    for (int i = 0; i < kDocuments && reader->next(document); ++i) {
      if (document.words.size() != document.counts.size()) std::abort();
      for (std::size_t n = 0; n < document.words.size(); ++n) {
        if (n > 0 && document.words[n - 1] >= document.words[n]) std::abort();
        if (document.words[n] >= *reader->declared_vocab_size()) std::abort();
        if (document.counts[n] < 1 || document.counts[n] > kMaxCount) std::abort();
      }
    }
  } catch (const Error& error) {
    if (error.hint().empty() && error.kind() == ErrorKind::kInput) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const svi_lda::fuzz::Folder folder;
  if (size == 0) return 0;
  const std::string path = folder.file("input.npz");
  svi_lda::fuzz::write_archive(path, kMembers, data, size);
  read(path, DocumentsAre::kRows);
  read(path, DocumentsAre::kColumns);
  return 0;
}

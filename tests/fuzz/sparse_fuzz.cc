// Arbitrary bytes as a sparse matrix of SciPy: an Error or sound documents, never an allocation
// that the file does not back.
//
// The first byte chooses how the rest is used: even, as the file itself; odd, as the members of a
// sound archive (each two bytes of length, then its content), so that what lies behind zip's
// checksums is reached too.
#include <zip.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "corpus/document.h"
#include "corpus/npz_corpus.h"
#include "svi_lda/error.h"

namespace {

using namespace svi_lda;

constexpr std::array kMembers = {"format.npy", "shape.npy", "indptr.npy", "indices.npy",
                                 "data.npy",   "row.npy",   "col.npy"};

class Folder {
 public:
  Folder() {
    path_ = (std::filesystem::temp_directory_path() / "svi_lda_fuzz-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void write_members(const std::string& path, const std::uint8_t* data, std::size_t size) {
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  if (zip == nullptr) std::abort();
  for (std::size_t i = 0; i < kMembers.size() && size >= 2; ++i) {
    const std::size_t length = std::min(data[0] + std::size_t{256} * data[1], size - 2);
    zip_source_t* source = zip_source_buffer(zip, data + 2, length, 0);
    const zip_int64_t index = zip_file_add(zip, kMembers[i], source, 0);
    if (index < 0) std::abort();
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    data += 2 + length;
    size -= 2 + length;
  }
  if (zip_close(zip) != 0) std::abort();
}

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
  static const Folder folder;
  if (size == 0) return 0;
  const std::string path = folder.file("input.npz");
  std::filesystem::remove(path);
  if (data[0] % 2 == 0) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
  } else {
    write_members(path, data + 1, size - 1);
  }
  read(path, DocumentsAre::kRows);
  read(path, DocumentsAre::kColumns);
  return 0;
}

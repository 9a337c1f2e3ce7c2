// Arbitrary bytes as a model, a checkpoint or its summary: an Error, or something that can be
// written again; never a crash, another exception or an allocation that the file does not back.
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

#include "output/model_file.h"
#include "svi_lda/error.h"

namespace {

constexpr std::array kMembers = {"meta.json",       "M.npy",         "lambda.npy", "s.npy",
                                 "eta_bar.npy",     "row_sums.npy",  "alpha.npy",  "eta.npy",
                                 "word_counts.npy", "vocabulary.npy"};

// A folder for the life of the process.
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
  try {
    svi_lda::summarize_model_file(path);
  } catch (const svi_lda::Error&) {
  }
  try {
    const svi_lda::Model model = svi_lda::read_model(path);
    const auto sums = model.topics.row_sums();
    if (sums.size() != model.topics.num_topics()) std::abort();
  } catch (const svi_lda::Error&) {
    return 0;
  }
  try {
    const auto checkpoint = svi_lda::read_checkpoint(path);
    svi_lda::write_checkpoint(folder.file("again.npz"), checkpoint.state, checkpoint.vocabulary,
                              checkpoint.word_counts, checkpoint.meta);
  } catch (const svi_lda::Error& error) {
    if (error.kind() != svi_lda::ErrorKind::kInput) std::abort();  // a model is no checkpoint
  }
  return 0;
}

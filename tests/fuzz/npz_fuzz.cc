// Arbitrary bytes as a model, a checkpoint or its summary: an Error, or something that can be
// written again; never a crash, another exception or an allocation that the file does not back.
// How an input becomes a file: write_archive().

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "output/model_file.h"
#include "svi_lda/error.h"
#include "zip_input.h"

namespace {

constexpr std::array kMembers = {"meta.json",       "M.npy",         "lambda.npy", "s.npy",
                                 "eta_bar.npy",     "row_sums.npy",  "alpha.npy",  "eta.npy",
                                 "word_counts.npy", "vocabulary.npy"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const svi_lda::fuzz::Folder folder;
  if (size == 0) return 0;
  const std::string path = folder.file("input.npz");
  svi_lda::fuzz::write_archive(path, kMembers, data, size);
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

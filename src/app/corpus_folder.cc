#include "app/corpus_folder.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "app/run_directory.h"
#include "base/file.h"
#include "svi_lda/error.h"

namespace svi_lda {

namespace fs = std::filesystem;

CorpusFolder::CorpusFolder(std::string path) : path_(std::move(path)) {
  while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
}

bool CorpusFolder::exists() const {
  std::error_code none;
  return fs::is_regular_file(cache(), none);
}

void CorpusFolder::remove() const {
  std::error_code ignored;
  for (const std::string& file : {cache(), vocabulary(), documents(), vectorizer(), mark()}) {
    fs::remove(file, ignored);
  }
  fs::remove(path_, ignored);  // only if it is empty now
}

bool CorpusFolder::is_of_run() const {
  std::error_code none;
  return fs::exists(mark(), none);
}

void CorpusFolder::claim_for_run() const {
  if (is_of_run()) return;
  if (RunDirectory(path_).has_content()) {
    throw Error(ErrorKind::kIo, path_, 0, "is not empty, and the run would count its text there",
                "move it, or choose another --output");
  }
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) throw io_error(path_, "cannot be created", error.value());
  write_file_atomically(mark(), "");
}

std::string resolve_corpus_folder(std::string& corpus, std::string& vocabulary) {
  const CorpusFolder folder(corpus);
  if (corpus == "-" || !folder.exists()) return {};
  corpus = folder.cache();
  std::error_code none;
  if (vocabulary.empty()) vocabulary = folder.vocabulary();
  if (!fs::equivalent(vocabulary, folder.vocabulary(), none)) return {};
  return read_file(folder.vectorizer());
}

}  // namespace svi_lda

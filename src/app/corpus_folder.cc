#include "app/corpus_folder.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "app/run_directory.h"
#include "app/vectorizer_file.h"
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

bool are_corpus_folders(const std::vector<std::string>& paths) {
  return std::all_of(paths.begin(), paths.end(), [](const std::string& path) {
    return path != "-" && CorpusFolder(path).exists();
  });
}

std::string common_vectorizer(const std::vector<std::string>& folders) {
  if (!are_corpus_folders(folders)) return {};
  std::string first;
  std::optional<AnalyzerOptions> words;
  for (const std::string& path : folders) {
    const std::string file = CorpusFolder(path).vectorizer();
    std::string json = read_file(file);
    AnalyzerOptions of_folder = vectorizer_from_json(file, json).analyzer;
    if (!words) {
      words = std::move(of_folder);
      first = std::move(json);
    } else if (of_folder != *words) {
      spdlog::warn(
          "{} and {} made words of text by other options: the model knows no way to do it, so "
          "that evaluate and infer will not take raw text",
          folders.front(), path);
      return {};
    }
  }
  return first;
}

}  // namespace svi_lda

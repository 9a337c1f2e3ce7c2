#include "corpus/corpus_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
    const fs::path& path = entries->path();
    std::error_code ignored;
    if (path.filename().native().front() != '.' && !entries->is_directory(ignored)) {
      files.push_back(path.string());
    }
  }
  if (error) throw io_error(folder, "cannot be listed", error.value());
  if (files.empty()) {
    throw Error(ErrorKind::kIo, folder, 0, "is a folder without files",
                "give a file, a folder of files, or - for standard input");
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<std::string> corpus_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code ignored;
    const fs::path cache = fs::path(path) / kCacheInFolder;
    if (path != "-" && fs::is_regular_file(cache, ignored)) {
      files.push_back(cache.string());
    } else if (path != "-" && fs::is_directory(path, ignored)) {
      const std::vector<std::string> inside = files_in(path);
      files.insert(files.end(), inside.begin(), inside.end());
    } else {
      files.push_back(path);
    }
  }
  return files;
}

}  // namespace svi_lda

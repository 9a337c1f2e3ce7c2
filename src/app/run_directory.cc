#include "app/run_directory.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/corpus_folder.h"
#include "base/file.h"
#include "output/model_file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace fs = std::filesystem;

RunDirectory::RunDirectory(std::string path) : path_(std::move(path)) {
  while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
}

bool RunDirectory::has_content() const {
  std::error_code error;
  const fs::file_status status = fs::status(path_, error);
  if (status.type() == fs::file_type::not_found) return false;
  if (status.type() != fs::file_type::directory) {
    throw Error(ErrorKind::kIo, path_, 0, "is not a directory", "give --output another name");
  }
  const bool empty = fs::is_empty(path_, error);
  if (error) {
    throw Error(ErrorKind::kIo, path_, 0, "cannot be read: " + reason_for(error.value()),
                hint_for(error.value()));
  }
  return !empty;
}

bool RunDirectory::replaces(bool force) const {
  const bool content = has_content();
  if (content && !force) {
    throw Error(ErrorKind::kIo, path_, 0, "is not empty",
                "choose another --output, add --force to replace the run in it, or go on with it: "
                "svi-lda resume " +
                    path_);
  }
  return content;
}

void RunDirectory::create() const {
  std::error_code error;
  fs::create_directories(checkpoints(), error);
  if (error) {
    throw Error(ErrorKind::kIo, path_, 0, "cannot be created: " + reason_for(error.value()),
                hint_for(error.value()));
  }
}

void RunDirectory::clear() const {
  std::error_code ignored;
  for (const std::string& file : list_checkpoints(checkpoints())) fs::remove(file, ignored);
  fs::remove(checkpoints(), ignored);  // only if it is empty now
  for (const std::string& file : {model(), metrics(), record()}) fs::remove(file, ignored);
  fs::remove(path_, ignored);
}

void RunDirectory::remove_caches() const {
  std::error_code ignored;
  fs::remove(cache(), ignored);
  fs::remove(held_out_cache(), ignored);
  if (const CorpusFolder folder(corpus_folder()); folder.is_of_run()) folder.remove();
}

}  // namespace svi_lda

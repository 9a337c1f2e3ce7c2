#include "app/locate_model.h"

#include <spdlog/spdlog.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <vector>

#include "app/run_directory.h"
#include "base/file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// The files that RUN may mean, best first.
std::vector<std::string> candidates(const std::string& run) {
  std::error_code error;
  const auto status = std::filesystem::status(run, error);
  if (!std::filesystem::exists(status)) {
    const int reason = error ? error.value() : ENOENT;
    throw Error(ErrorKind::kIo, run, 0, "cannot be read: " + reason_for(reason), hint_for(reason));
  }
  if (!std::filesystem::is_directory(status)) return {run};
  const RunDirectory directory(run);
  std::vector<std::string> files;
  if (std::filesystem::exists(directory.model())) files.push_back(directory.model());
  for (std::string& path : list_checkpoints(directory.checkpoints())) {
    files.push_back(std::move(path));
  }
  if (files.empty()) {
    throw Error(ErrorKind::kInput, directory.path(), 0, "holds no model and no checkpoint",
                "train first: svi-lda train CORPUS -k K -o " + directory.path());
  }
  return files;
}

void say_if_unfinished(const std::string& run, const std::string& file) {
  if (file != run && file != RunDirectory(run).model()) {
    spdlog::warn("{} has no model.npz yet: using {}", run, file);
  }
}

}  // namespace

std::string locate_model(const std::string& run) {
  std::string file = candidates(run).front();
  say_if_unfinished(run, file);
  return file;
}

Model load_model(const std::string& run, std::string& source) {
  const std::vector<std::string> files = candidates(run);
  for (std::size_t i = 0;; ++i) {
    try {
      Model model = read_model(files[i]);
      source = files[i];
      say_if_unfinished(run, source);
      return model;
    } catch (const Error& error) {
      // A damaged model.npz is never passed over in silence for an older state.
      const bool checkpoint = files[i] != run && files[i] != RunDirectory(run).model();
      if (!checkpoint || i + 1 == files.size()) throw;
      spdlog::warn("{}", error.what());
    }
  }
}

}  // namespace svi_lda

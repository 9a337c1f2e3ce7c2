#include <algorithm>
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "output/model_file.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

std::string checkpoint_name(std::uint64_t step) {
  char name[48];
  std::snprintf(name, sizeof(name), "step-%08" PRIu64 ".npz", step);
  return name;
}

// The step of a name that checkpoint_name() makes, and of no other.
std::optional<std::uint64_t> step_of(std::string_view name) {
  constexpr std::string_view kBefore = "step-";
  constexpr std::string_view kAfter = ".npz";
  if (name.size() <= kBefore.size() + kAfter.size()) return {};
  std::uint64_t step = 0;
  const auto parsed = std::from_chars(name.data() + kBefore.size(),
                                      name.data() + name.size() - kAfter.size(), step);
  if (parsed.ec != std::errc() || checkpoint_name(step) != name) return {};
  return step;
}

// Names in `directory`; none where it does not exist.
std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator next(directory, error);
  while (!error && next != fs::directory_iterator()) {
    names.push_back(next->path().filename().string());
    next.increment(error);
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw io_error(directory, "cannot list", error.value());
  }
  return names;
}

void remove_file(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) throw io_error(path, "cannot remove", error.value());
}

}  // namespace

std::string checkpoint_path(const std::string& directory, std::uint64_t step) {
  return (fs::path(directory) / checkpoint_name(step)).string();
}

std::vector<std::string> list_checkpoints(const std::string& directory) {
  std::vector<std::uint64_t> steps;
  for (const std::string& name : names_in(directory)) {
    if (const auto step = step_of(name)) steps.push_back(*step);
  }
  std::sort(steps.begin(), steps.end(), std::greater<>());
  std::vector<std::string> paths;
  for (const std::uint64_t step : steps) paths.push_back(checkpoint_path(directory, step));
  return paths;
}

void prune_checkpoints(const std::string& directory, std::uint64_t keep) {
  const std::vector<std::string> paths = list_checkpoints(directory);
  for (std::uint64_t i = keep; i < paths.size(); ++i) remove_file(paths[i]);
  for (const std::string& name : names_in(directory)) {
    if (step_of(finished_name(name))) remove_file((fs::path(directory) / name).string());
  }
}

}  // namespace svi_lda

#include <charconv>
#include <filesystem>
#include <string>

#include "app/run_directory.h"
#include "svi_lda/update.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

// Splits "news.3" into "news" and 3; a name without a number from 2 on behind its last point is
// whole, and 1.
std::uint64_t cut_number(std::string& name) {
  const std::size_t point = name.rfind('.');
  if (point == std::string::npos || point == 0) return 1;
  const char* const begin = name.data() + point + 1;
  const char* const end = name.data() + name.size();
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || rest != end || *begin == '0' || number < 2) return 1;
  name.resize(point);
  return number;
}

// The run as a path to put a number behind.
std::string name_of(const std::string& run) {
  fs::path path = RunDirectory(run).path();
  if (path.filename() == "model.npz") {
    path = path.has_parent_path() ? path.parent_path() : fs::path(".");
  } else if (path.extension() == ".npz") {
    path.replace_extension();
  }
  if (path.filename() == "." || path.filename() == ".." || path.filename().empty()) {
    path = fs::absolute(path).lexically_normal();
    if (path.filename().empty()) path = path.parent_path();
  }
  return path.string();
}

}  // namespace

std::string update_output(const std::string& run) {
  std::string name = name_of(run);
  for (std::uint64_t number = cut_number(name) + 1;; ++number) {
    const RunDirectory directory(name + "." + std::to_string(number));
    std::error_code ignored;
    if (!fs::exists(directory.path(), ignored) && !fs::exists(directory.cache(), ignored)) {
      return directory.path();
    }
  }
}

}  // namespace svi_lda

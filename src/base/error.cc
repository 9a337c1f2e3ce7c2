#include "svi_lda/error.h"

#include <utility>

namespace svi_lda {
namespace {

std::string one_line(const std::string& path, std::uint64_t line, const std::string& problem,
                     const std::string& hint) {
  std::string text;
  if (!path.empty()) {
    text += path;
    if (line != 0) text.append(":").append(std::to_string(line));
    text += ": ";
  }
  text += problem;
  if (!hint.empty()) text.append("; ").append(hint);
  // A path or a quoted piece of input may hold any byte; the message must stay one line.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return text;
}

}  // namespace

Error::Error(ErrorKind kind, std::string problem, std::string hint)
    : Error(kind, {}, 0, std::move(problem), std::move(hint)) {}

Error::Error(ErrorKind kind, std::string path, std::uint64_t line, std::string problem,
             std::string hint)
    : kind_(kind),
      path_(std::move(path)),
      line_(line),
      problem_(std::move(problem)),
      hint_(std::move(hint)),
      text_(one_line(path_, line_, problem_, hint_)) {}

}  // namespace svi_lda

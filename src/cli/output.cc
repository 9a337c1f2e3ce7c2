#include "cli/output.h"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/file.h"
#include "svi_lda/error.h"

namespace svi_lda::cli {
namespace {
constexpr std::size_t kBufferSize = 1 << 16;
}

Output::Output(const std::string& path, bool replace) : path_(path) {
  if (path == "-") {
    path_ = "standard output";
    fd_ = STDOUT_FILENO;
    return;
  }
  if (!replace && ::access(path.c_str(), F_OK) == 0) {
    throw Error(ErrorKind::kIo, path, 0, "already exists",
                "name another file, or add --force to replace it");
  }
  const std::string temporary = fmt::format("{}.tmp-{}", path, ::getpid());
  fd_ = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd_ < 0) fail(errno);
  temporary_ = temporary;
}

Output::~Output() {
  if (temporary_.empty()) return;
  if (fd_ >= 0) ::close(fd_);
  ::unlink(temporary_.c_str());
}

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferSize) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
  buffer_.clear();
}

void Output::replace_head(std::string_view text) {
  flush();
  off_t place = 0;
  while (!text.empty()) {
    const ssize_t written = ::pwrite(fd_, text.data(), text.size(), place);
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
      place += written;
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
}

void Output::finish() {
  flush();
  if (temporary_.empty()) return;
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) fail(errno);
  commit_file(temporary_, path_);
  temporary_.clear();
}

void Output::fail(int error_number) const {
  if (error_number == EPIPE && temporary_.empty()) throw BrokenPipe();
  throw Error(ErrorKind::kIo, path_, 0, "cannot write: " + reason_for(error_number),
              hint_for(error_number));
}

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw io_error(path, "cannot make the folder", error.value());
}

void print(std::string_view text) {
  Output output("-", false);
  output.write(text);
  output.finish();
}

std::string printable(std::string word) {
  for (char& c : word) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return word;
}

}  // namespace svi_lda::cli

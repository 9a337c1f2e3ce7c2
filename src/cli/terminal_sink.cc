#include "cli/terminal_sink.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace svi_lda::cli {
namespace {
constexpr const char* kClearLine = "\r\x1b[K";
constexpr std::size_t kDefaultWidth = 80;
}  // namespace

TerminalSink::TerminalSink(int fd) : fd_(fd), is_terminal_(::isatty(fd) == 1) {}

std::size_t TerminalSink::width() const {
  winsize size = {};
  if (::ioctl(fd_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
  return size.ws_col;
}

void TerminalSink::set_status(const std::string& status) {
  if (!is_terminal_) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (status.empty() && status_.empty()) return;
  status_ = status;
  write(kClearLine + status_);
}

void TerminalSink::sink_it_(const spdlog::details::log_msg& message) {
  spdlog::memory_buf_t formatted;
  formatter_->format(message, formatted);
  const std::string text(formatted.data(), formatted.size());
  write(status_.empty() ? text : kClearLine + text + status_);
}

void TerminalSink::write(const std::string& text) const {
  // A log that cannot be written is no reason to end a run: what is left is dropped.
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace svi_lda::cli

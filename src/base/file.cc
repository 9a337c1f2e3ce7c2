#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <utility>

#include "base/random.h"

namespace svi_lda {
namespace {

constexpr std::string_view kTemporaryMark = ".tmp-";
constexpr std::size_t kTemporaryDigits = 8;
constexpr std::string_view kTemporaryAlphabet = "0123456789abcdef";

// Differs between processes and between calls; O_EXCL settles what chance does not.
std::string temporary_suffix() {
  static std::atomic<std::uint64_t> calls{0};
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  std::uint64_t bits = mix64(static_cast<std::uint64_t>(now) ^
                             mix64(static_cast<std::uint64_t>(getpid()) ^ mix64(calls++)));
  std::string suffix(kTemporaryMark);
  for (std::size_t i = 0; i < kTemporaryDigits; ++i) {
    suffix += kTemporaryAlphabet[bits % kTemporaryAlphabet.size()];
    bits /= kTemporaryAlphabet.size();
  }
  return suffix;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

int open_retrying(const std::string& path, int flags, mode_t mode = 0) {
  int fd = -1;
  do {
    fd = open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

// Makes a rename in `path`'s folder last through a power loss. File systems that cannot sync a
// folder answer EINVAL or EROFS; there is nothing better to do on them.
void sync_folder(const std::string& path) {
  const int fd = open_retrying(folder_of(path), O_RDONLY | O_DIRECTORY);
  if (fd < 0) {
    // A folder that may be written but not listed cannot be opened; the rename has been done.
    if (errno == EACCES) return;
    throw io_error(path, "cannot sync its folder", errno);
  }
  const int failed = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  if (failed != 0 && failed != EINVAL && failed != EROFS) {
    throw io_error(path, "cannot sync its folder", failed);
  }
}

// Some file systems report a full disk only here.
void sync_file(int fd, const std::string& path) {
  while (fsync(fd) != 0) {
    if (errno == EINVAL) return;  // not a file that can be synced
    if (errno != EINTR) throw io_error(path, "cannot write", errno);
  }
}

void rename_into_place(const std::string& temporary, const std::string& path) {
  if (rename(temporary.c_str(), path.c_str()) != 0) {
    throw io_error(path, "cannot rename the finished file into place", errno);
  }
}

}  // namespace

std::string reason_for(int errnum) { return std::generic_category().message(errnum); }

std::string hint_for(int errnum) {
  switch (errnum) {
    case ENOSPC:
    case EDQUOT:
      return "free space or choose another folder";
    case EACCES:
    case EPERM:
      return "check the permissions of the file and its folder";
    case EROFS:
      return "the file system is read-only, choose another folder";
    case ENOENT:
    case ENOTDIR:
      return "check the path";
    case EISDIR:
      return "it is a folder, name a file";
    case EEXIST:
    case ENOTEMPTY:
      return "it exists already, choose another name";
    case EFBIG:
      return "raise the file size limit (ulimit -f) or choose another file system";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (ulimit -n)";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EIO:
      return "the disk may be failing, see the system log";
    default:
      return {};
  }
}

Error io_error(const std::string& path, const std::string& action, int errnum) {
  return Error(ErrorKind::kIo, path, 0, action + ": " + reason_for(errnum), hint_for(errnum));
}

void WriteBack::wrote(std::uint64_t size) {
  if (size < sent_ + kAtATime) return;
  ::sync_file_range(fd_, static_cast<off64_t>(sent_), static_cast<off64_t>(size - sent_),
                    SYNC_FILE_RANGE_WRITE);
  sent_ = size;
}

PendingFile::PendingFile(std::string path) : path_(std::move(path)) {
  do {
    temporary_ = path_ + temporary_suffix();
    fd_ = open_retrying(temporary_, O_RDWR | O_CREAT | O_EXCL, 0666);
  } while (fd_ < 0 && errno == EEXIST);
  if (fd_ < 0) throw io_error(path_, "cannot write", errno);
}

PendingFile::~PendingFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void PendingFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      throw io_error(path_, "cannot write", errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void PendingFile::sync() { sync_file(fd_, path_); }

void PendingFile::commit() {
  sync();
  // Network file systems report a full disk when the file is closed.
  if (close(std::exchange(fd_, -1)) != 0 && errno != EINTR) {
    throw io_error(path_, "cannot write", errno);
  }
  rename_into_place(temporary_, path_);
  temporary_.clear();
  sync_folder(path_);
}

std::string_view finished_name(std::string_view name) {
  const std::size_t tail = kTemporaryMark.size() + kTemporaryDigits;
  if (name.size() <= tail) return {};
  const std::string_view base = name.substr(0, name.size() - tail);
  const std::string_view digits = name.substr(name.size() - kTemporaryDigits);
  const bool ours = name.substr(base.size(), kTemporaryMark.size()) == kTemporaryMark &&
                    digits.find_first_not_of(kTemporaryAlphabet) == std::string_view::npos;
  return ours ? base : std::string_view{};
}

void write_file_atomically(const std::string& path, std::string_view content) {
  PendingFile file(path);
  file.write(content);
  file.commit();
}

void commit_file(const std::string& temporary, const std::string& path) {
  const int fd = open_retrying(temporary, O_RDONLY);
  if (fd < 0) throw io_error(temporary, "cannot open", errno);
  try {
    sync_file(fd, path);
  } catch (const Error&) {
    close(fd);
    throw;
  }
  close(fd);
  rename_into_place(temporary, path);
  sync_folder(path);
}

std::string read_file(const std::string& path) {
  const int fd = open_retrying(path, O_RDONLY);
  if (fd < 0) throw io_error(path, "cannot open", errno);
  std::string content;
  int failed = 0;
  for (bool more = true; more && content.size() <= kMaxReadFile;) {
    const std::size_t begin = content.size();
    content.resize(begin + 65536);
    const ssize_t got = read(fd, content.data() + begin, 65536);
    if (got < 0 && errno != EINTR) failed = errno;
    content.resize(begin + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    more = got > 0 || (got < 0 && failed == 0);
  }
  close(fd);
  if (failed != 0) throw io_error(path, "cannot read", failed);
  if (content.size() > kMaxReadFile) {
    throw Error(ErrorKind::kIo, path, 0,
                "larger than " + std::to_string(kMaxReadFile >> 20) + " MiB",
                "this is not the file meant, check the path");
  }
  return content;
}

}  // namespace svi_lda

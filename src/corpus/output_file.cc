#include "corpus/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace svi_lda {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} * 1024;

[[noreturn]] void fail_io(const std::string& path, const char* what) {
  const int reason = errno;
  throw Error(ErrorKind::kIo, path, 0, what + reason_for(reason), hint_for(reason));
}

}  // namespace

OutputFile OutputFile::create(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) fail_io(path, "cannot be created: ");
  return OutputFile(fd, path);
}

OutputFile OutputFile::unnamed(const std::string& path) {
  std::string name = path + ".XXXXXX";
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) fail_io(path, "cannot be created: ");
  ::unlink(name.c_str());
  return OutputFile(fd, path);
}

OutputFile::OutputFile(int fd, std::string path)
    : fd_(fd), path_(std::move(path)), buffer_(kBuffer), write_back_(fd) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)),
      used_(other.used_),
      written_(other.written_),
      write_back_(other.write_back_) {}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
}

char* OutputFile::append(std::size_t n) {
  if (n > buffer_.size() - used_) {
    flush();
    if (n > buffer_.size()) buffer_.resize(n);
  }
  char* const place = buffer_.data() + used_;
  used_ += n;
  return place;
}

void OutputFile::write(const void* data, std::size_t n) {
  if (n != 0) std::memcpy(append(n), data, n);
}

void OutputFile::flush() {
  write_through(buffer_.data(), used_);
  used_ = 0;
}

void OutputFile::sync() {
  flush();
  if (::fsync(fd_) != 0) fail("cannot be written: ");
}

void OutputFile::overwrite_front(const void* data, std::size_t n) {
  const ssize_t put = ::pwrite(fd_, data, n, 0);
  if (put < 0) fail("cannot be written: ");
  if (static_cast<std::size_t>(put) != n) {
    errno = ENOSPC;
    fail("cannot be written: ");
  }
}

void OutputFile::rewind() {
  flush();
  if (::lseek(fd_, 0, SEEK_SET) != 0) fail("cannot be read back: ");
}

std::size_t OutputFile::read(char* out, std::size_t n) {
  for (;;) {
    const ssize_t got = ::read(fd_, out, n);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail("cannot be read back: ");
  }
}

void OutputFile::read_back(const std::function<void(std::string_view)>& take) {
  rewind();
  std::vector<char> block(kBuffer);
  for (std::uint64_t left = written_; left != 0;) {
    const std::size_t got = read(block.data(), block.size());
    if (got == 0) {
      errno = EIO;
      fail("cannot be read back: ");
    }
    take({block.data(), got});
    left -= std::min(left, static_cast<std::uint64_t>(got));
  }
}

void OutputFile::write_through(const char* data, std::size_t n) {
  while (n != 0) {
    const ssize_t put = ::write(fd_, data, n);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("cannot be written: ");
    data += put;
    n -= static_cast<std::size_t>(put);
    written_ += static_cast<std::uint64_t>(put);
  }
  write_back_.wrote(written_);
}

void OutputFile::fail(const char* what) const { fail_io(path_, what); }

}  // namespace svi_lda

#include "text/term_spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;

int create_unnamed(const std::string& path) {
  std::string name = path + ".spool.XXXXXX";
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) throw io_error(path, "cannot make a temporary file", errno);
  ::unlink(name.c_str());
  return fd;
}

}  // namespace

TermSpool::TermSpool(const std::string& path)
    : path_(path), fd_(create_unnamed(path)), write_back_(fd_) {}

TermSpool::~TermSpool() { ::close(fd_); }

void TermSpool::fail(const char* action, int errnum) const {
  throw io_error(path_, std::string(action) + " its temporary file", errnum);
}

// Seven bits a byte, the lowest first; the highest bit says that more follow.
void TermSpool::put(std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) buffer_ += static_cast<char>(number | 0x80);
  buffer_ += static_cast<char>(number);
}

std::uint32_t TermSpool::get() {
  std::uint32_t number = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (at_ == buffer_.size() && !fill()) fail("cannot read", EIO);
    const auto byte = static_cast<unsigned char>(buffer_[at_++]);
    number |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return number;
  }
}

void TermSpool::add(std::string_view row, DocumentView document) {
  put(static_cast<std::uint32_t>(row.size()));
  buffer_.append(row);
  put(static_cast<std::uint32_t>(document.words.size()));
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    put(document.words[i] - last);
    put(document.counts[i]);
    last = document.words[i];
  }
  ++left_;
  if (buffer_.size() >= kBuffer) flush();
}

void TermSpool::flush() {
  for (std::string_view rest = buffer_; !rest.empty();) {
    const ssize_t put = ::write(fd_, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("cannot write", errno);
    rest.remove_prefix(static_cast<std::size_t>(put));
    written_ += static_cast<std::uint64_t>(put);
  }
  write_back_.wrote(written_);
  buffer_.clear();
}

void TermSpool::rewind() {
  flush();
  if (::lseek(fd_, 0, SEEK_SET) != 0) fail("cannot read", errno);
}

bool TermSpool::fill() {
  buffer_.resize(kBuffer);
  at_ = 0;
  for (;;) {
    const ssize_t got = ::read(fd_, buffer_.data(), buffer_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read", errno);
    buffer_.resize(static_cast<std::size_t>(got));
    return got != 0;
  }
}

bool TermSpool::next(std::string& row, Document& document) {
  if (left_ == 0) return false;
  --left_;
  row.clear();
  for (std::size_t bytes = get(); bytes != 0;) {
    if (at_ == buffer_.size() && !fill()) fail("cannot read", EIO);
    const std::size_t piece = std::min(bytes, buffer_.size() - at_);
    row.append(buffer_, at_, piece);
    at_ += piece;
    bytes -= piece;
  }
  document.clear();
  std::uint32_t last = 0;
  for (std::uint32_t n = get(); n != 0; --n) {
    last += get();
    document.words.push_back(last);
    document.counts.push_back(get());
  }
  return true;
}

}  // namespace svi_lda

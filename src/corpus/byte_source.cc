#include "corpus/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/interrupt.h"
#include "corpus/decompress.h"
#include "corpus/gunzip.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using namespace std::string_view_literals;

class FileSource final : public ByteSource {
 public:
  FileSource(int fd, bool owned, std::string path)
      : fd_(fd), owned_(owned), path_(std::move(path)) {}
  ~FileSource() override {
    if (owned_) ::close(fd_);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* out, std::size_t n) override {
    for (;;) {
      if (!owned_) wait();
      const ssize_t got = ::read(fd_, out, n);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) {
        if (owned_) continue;
        stop();
      }
      const int reason = errno;
      throw Error(ErrorKind::kIo, display_name(path_), 0, "cannot be read: " + reason_for(reason),
                  hint_for(reason));
    }
  }

 private:
  static constexpr int kLookEvery = 100;  // milliseconds

  // A pipe may keep the program waiting for ever; who interrupts it then wants it to stop. Where
  // poll() cannot wait for what it is, read() does.
  void wait() const {
    struct pollfd input = {fd_, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&input, 1, kLookEvery)) == 0) {
      if (interrupted) stop();
    }
    if (ready < 0 && errno == EINTR) stop();
  }
  [[noreturn]] void stop() const {
    throw Error(ErrorKind::kStopped, display_name(path_), 0,
                "stopped by a signal while waiting for input");
  }

  int fd_;
  bool owned_;
  std::string path_;
};

// Bytes that were read ahead, then the rest of a source.
class PrefixedSource final : public ByteSource {
 public:
  explicit PrefixedSource(std::unique_ptr<ByteSource> rest) : rest_(std::move(rest)) {}

  // The next n bytes, fewer only at the end of the source; they stay to be read.
  std::string_view peek(std::size_t n) {
    while (prefix_.size() - used_ < n) {
      char block[16];
      const std::size_t got = rest_->read(block, sizeof block);
      if (got == 0) break;
      prefix_.append(block, got);
    }
    return std::string_view(prefix_).substr(used_, n);
  }

  std::size_t read(char* out, std::size_t n) override {
    if (used_ == prefix_.size()) return rest_->read(out, n);
    const std::size_t got = std::min(n, prefix_.size() - used_);
    prefix_.copy(out, got, used_);
    used_ += got;
    return got;
  }

 private:
  std::unique_ptr<ByteSource> rest_;
  std::string prefix_;
  std::size_t used_ = 0;
};

// Files that people give by mistake and that are best told by their first bytes.
struct ForeignHead {
  std::size_t at;
  std::string_view magic;
  const char* problem;
  const char* hint;
};
constexpr ForeignHead kForeignHeads[] = {
    {0, "PK\x03\x04"sv, "a zip archive, which is not read here",
     "unpack it and give the file inside; a sparse matrix of SciPy (.npz) is read from a file, not "
     "through a pipe"},
    {0, "\x89SVILDA"sv, "a corpus cache, which is no text",
     "give it as a corpus by its path; it cannot come through a pipe"},
};

}  // namespace

std::string display_name(const std::string& path) { return path == "-" ? "standard input" : path; }

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  if (path == "-") return std::make_unique<FileSource>(STDIN_FILENO, false, path);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int reason = errno;
    throw Error(ErrorKind::kIo, path, 0, "cannot be opened: " + reason_for(reason),
                hint_for(reason));
  }
  auto source = std::make_unique<FileSource>(fd, true, path);
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
    throw Error(ErrorKind::kIo, path, 0, "is a folder", "give a file, or - for standard input");
  }
  return source;
}

std::unique_ptr<ByteSource> decompress(std::unique_ptr<ByteSource> source,
                                       const std::string& path) {
  auto peeked = std::make_unique<PrefixedSource>(std::move(source));
  const std::string_view head = peeked->peek(10);
  if (head.starts_with("\x1f\x8b"sv)) return gunzip(std::move(peeked), path);
  if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return unpack_zstd(std::move(peeked), path);
  if (head.starts_with("\xfd"
                       "7zXZ\0"sv)) {
    return unpack_xz(std::move(peeked), path);
  }
  // The digit is the size of its blocks; an empty file has none and goes on with its end.
  if (head.size() > 4 && head.starts_with("BZh") &&
      (head.substr(4).starts_with("1AY&SY") ||
       head.substr(4).starts_with("\x17\x72\x45\x38\x50\x90"sv))) {
    return unpack_bzip2(std::move(peeked), path);
  }
  for (const ForeignHead& foreign : kForeignHeads) {
    if (head.size() > foreign.at && head.substr(foreign.at).starts_with(foreign.magic)) {
      throw Error(ErrorKind::kInput, display_name(path), 1, foreign.problem, foreign.hint);
    }
  }
  return peeked;
}

}  // namespace svi_lda

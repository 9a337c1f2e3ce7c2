#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "svi_lda/error.h"

namespace svi_lda {

// "No space left on device" and the like for `errnum`.
std::string reason_for(int errnum);
// What to do about it, for the common ones; else empty.
std::string hint_for(int errnum);
// Error kIo "path: action: reason; hint", action like "cannot write".
Error io_error(const std::string& path, const std::string& action, int errnum);

// Asks the kernel to send what has been written to a file on its way to the disk while more is
// being written, so that a sync at the end finds little to wait for. A hint that cannot fail.
class WriteBack {
 public:
  explicit WriteBack(int fd) : fd_(fd) {}
  // The file, written front to back, now has `size` bytes.
  void wrote(std::uint64_t size);

 private:
  static constexpr std::uint64_t kAtATime = std::uint64_t{4} << 20;

  int fd_;
  std::uint64_t sent_ = 0;
};

// A new file under a temporary name beside `path` that takes the place of `path` when it is
// complete: a reader of `path` sees the old content or the new, never half. Permissions follow the
// umask. Errors name `path`, not the temporary.
class PendingFile {
 public:
  // Fails: kIo (no such folder, no permission).
  explicit PendingFile(std::string path);
  // Without commit() nothing stays behind.
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  int descriptor() const { return fd_; }
  const std::string& temporary() const { return temporary_; }

  // Appends all of `bytes`. Fails: kIo.
  void write(std::string_view bytes);
  // Waits until all that was written is on the disk; commit() does so too. Fails: kIo.
  void sync();
  // Syncs, renames to `path`, syncs the folder. Fails: kIo.
  void commit();

 private:
  std::string path_;
  std::string temporary_;
  int fd_ = -1;
};

// The name of the finished file where `name` is one that PendingFile gives to a temporary; else
// empty. For clearing away what a killed process left.
std::string_view finished_name(std::string_view name);

// Replaces the content of `path` in one step through a PendingFile. Fails: kIo.
void write_file_atomically(const std::string& path, std::string_view content);

// Syncs an already written file, renames it over `path` and syncs the folder. Fails: kIo; the
// temporary is then the caller's to remove.
void commit_file(const std::string& temporary, const std::string& path);

// The whole of a small file (at most kMaxReadFile bytes). Fails: kIo.
std::string read_file(const std::string& path);
inline constexpr std::size_t kMaxReadFile = std::size_t{64} << 20;

}  // namespace svi_lda

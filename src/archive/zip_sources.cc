#include "archive/zip_sources.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace svi_lda {
namespace {

zip_int64_t report(int zip_code, int system_code, void* data, zip_uint64_t length) {
  zip_error_t error;
  zip_error_init(&error);
  zip_error_set(&error, zip_code, system_code);
  return zip_error_to_data(&error, data, length);
}

}  // namespace

ZipMember::ZipMember(std::string name, Packing packing, std::string header,
                     std::uint64_t payload_bytes, std::uint64_t chunk_bytes, Produce produce)
    : name_(std::move(name)),
      packing_(packing),
      header_(std::move(header)),
      payload_bytes_(payload_bytes),
      chunk_bytes_(chunk_bytes),
      produce_(std::move(produce)) {}

zip_int64_t ZipMember::source(void* user, void* data, zip_uint64_t length,
                              zip_source_cmd_t command) {
  ZipMember& self = *static_cast<ZipMember*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN:
      self.buffer_.assign(self.header_.begin(), self.header_.end());
      self.used_ = 0;
      self.produced_ = 0;
      return 0;
    case ZIP_SOURCE_READ:
      try {
        return static_cast<zip_int64_t>(
            self.read({static_cast<char*>(data), static_cast<std::size_t>(length)}));
      } catch (...) {
        self.failure_ = std::current_exception();
        return -1;
      }
    case ZIP_SOURCE_STAT: {
      auto* stat = static_cast<zip_stat_t*>(data);
      zip_stat_init(stat);
      stat->size = self.header_.size() + self.payload_bytes_;
      stat->valid |= ZIP_STAT_SIZE;
      return sizeof(*stat);
    }
    case ZIP_SOURCE_ERROR:
      return report(ZIP_ER_INTERNAL, 0, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
      return -1;
  }
}

std::size_t ZipMember::read(std::span<char> out) {
  std::size_t done = 0;
  while (done < out.size()) {
    if (used_ == buffer_.size()) {
      if (produced_ == payload_bytes_) break;
      const std::uint64_t size = std::min(chunk_bytes_, payload_bytes_ - produced_);
      buffer_.resize(static_cast<std::size_t>(size));
      produce_(produced_ / chunk_bytes_, buffer_);
      produced_ += size;
      used_ = 0;
    }
    const std::size_t size = std::min(out.size() - done, buffer_.size() - used_);
    std::memcpy(out.data() + done, buffer_.data() + used_, size);
    done += size;
    used_ += size;
  }
  return done;
}

zip_int64_t ZipDestination::source(void* user, void* data, zip_uint64_t length,
                                   zip_source_cmd_t command) {
  ZipDestination& self = *static_cast<ZipDestination*>(user);
  switch (command) {
    case ZIP_SOURCE_SUPPORTS:
      return ZIP_SOURCE_SUPPORTS_WRITABLE;
    case ZIP_SOURCE_STAT:  // "no such file": a new archive, nothing to read first
      return -1;
    case ZIP_SOURCE_COMMIT_WRITE:
      return self.flush() ? 0 : -1;
    case ZIP_SOURCE_BEGIN_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
      return 0;
    case ZIP_SOURCE_WRITE:
      return self.write({static_cast<const char*>(data), static_cast<std::size_t>(length)});
    case ZIP_SOURCE_TELL_WRITE:
      return self.offset_;
    case ZIP_SOURCE_SEEK_WRITE: {
      const auto size = static_cast<zip_uint64_t>(self.size_);
      const zip_int64_t target = zip_source_seek_compute_offset(
          static_cast<zip_uint64_t>(self.offset_), size, data, length, nullptr);
      if (target < 0) return -1;
      self.offset_ = target;
      return 0;
    }
    case ZIP_SOURCE_ERROR:
      return self.failure_ == 0 ? report(ZIP_ER_READ, ENOENT, data, length)
                                : report(ZIP_ER_WRITE, self.failure_, data, length);
    default:
      return -1;
  }
}

zip_int64_t ZipDestination::write(std::string_view bytes) {
  if (offset_ != pending_end_ && !flush()) return -1;
  pending_.append(bytes);
  offset_ += static_cast<zip_int64_t>(bytes.size());
  pending_end_ = offset_;
  size_ = std::max(size_, offset_);
  if (pending_.size() >= kBlock && !flush()) return -1;
  return static_cast<zip_int64_t>(bytes.size());
}

bool ZipDestination::flush() {
  std::string_view left = pending_;
  while (!left.empty()) {
    const auto at = pending_end_ - static_cast<zip_int64_t>(left.size());
    const ssize_t written = pwrite(fd_, left.data(), left.size(), at);
    if (written < 0) {
      if (errno == EINTR) continue;
      if (failure_ == 0) failure_ = errno;
      return false;
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  pending_.clear();
  write_back_.wrote(static_cast<std::uint64_t>(pending_end_));
  return true;
}

}  // namespace svi_lda

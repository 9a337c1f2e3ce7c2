#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <utility>

#include "base/file.h"
#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} * 1024;

[[noreturn]] void fail_io(const std::string& path, const char* what) {
  const int reason = errno;
  throw Error(ErrorKind::kIo, path, 0, what + reason_for(reason), hint_for(reason));
}

int create(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) fail_io(path, "cannot be created: ");
  return fd;
}

// A file beside `path` that has no name any more: it is gone however the program ends.
int create_unnamed(const std::string& path) {
  std::string name = path + ".XXXXXX";
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd < 0) fail_io(path, "cannot be created: ");
  ::unlink(name.c_str());
  return fd;
}

// A file that is written front to back through a buffer. Errors name `path`.
class OutputFile {
 public:
  OutputFile(int fd, std::string path) : fd_(fd), path_(std::move(path)), buffer_(kBuffer) {}
  ~OutputFile() { ::close(fd_); }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // The place of the next n bytes, for the caller to write them.
  char* append(std::size_t n) {
    if (n > buffer_.size() - used_) {
      flush();
      if (n > buffer_.size()) buffer_.resize(n);
    }
    char* const place = buffer_.data() + used_;
    used_ += n;
    return place;
  }

  void write(const void* data, std::size_t n) { std::memcpy(append(n), data, n); }

  std::uint64_t size() const { return written_ + used_; }

  void flush() {
    write_through(buffer_.data(), used_);
    used_ = 0;
  }

  void sync() {
    flush();
    if (::fsync(fd_) != 0) fail("cannot be written: ");
  }

  void overwrite_front(const CacheHeader& header) {
    const ssize_t put = ::pwrite(fd_, &header, sizeof header, 0);
    if (put < 0) fail("cannot be written: ");
    if (put != ssize_t{sizeof header}) {
      errno = ENOSPC;
      fail("cannot be written: ");
    }
  }

  // Appends all of this file to `other`.
  void copy_to(OutputFile& other) {
    flush();
    if (::lseek(fd_, 0, SEEK_SET) != 0) fail("cannot be read back: ");
    for (std::uint64_t left = written_; left != 0;) {
      const ssize_t got = ::read(fd_, buffer_.data(), buffer_.size());
      if (got < 0 && errno == EINTR) continue;
      if (got == 0) errno = EIO;
      if (got <= 0) fail("cannot be read back: ");
      other.write(buffer_.data(), static_cast<std::size_t>(got));
      left -= std::min(left, static_cast<std::uint64_t>(got));
    }
  }

 private:
  void write_through(const char* data, std::size_t n) {
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

  [[noreturn]] void fail(const char* what) const { fail_io(path_, what); }

  int fd_;
  std::string path_;
  std::vector<char> buffer_;
  std::size_t used_ = 0;  // of buffer_
  std::uint64_t written_ = 0;
  WriteBack write_back_{fd_};
};

// XXH3 of numbers that come piece by piece.
class StreamHash {
 public:
  StreamHash() : state_(XXH3_createState()) {
    if (state_ == nullptr) throw std::bad_alloc();
    XXH3_64bits_reset(state_);
  }
  ~StreamHash() { XXH3_freeState(state_); }
  StreamHash(const StreamHash&) = delete;
  StreamHash& operator=(const StreamHash&) = delete;

  void add(std::span<const std::uint32_t> numbers) {
    XXH3_64bits_update(state_, numbers.data(), numbers.size_bytes());
  }
  std::uint64_t value() const { return XXH3_64bits_digest(state_); }

 private:
  XXH3_state_t* state_;
};

template <typename Narrow>
void narrow(std::span<const std::uint32_t> numbers, char* out) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto value = static_cast<Narrow>(numbers[i]);
    std::memcpy(out + i * sizeof value, &value, sizeof value);
  }
}

}  // namespace

struct CacheWriter::Impl {
  explicit Impl(const std::string& path)
      : cache_path(path), index(create_unnamed(path), path), file(create(path), path) {
    const CacheHeader header = make_header(0);
    file.write(&header, sizeof header);
  }

  CacheHeader make_header(std::uint32_t complete) const {
    CacheHeader header;
    std::memset(&header, 0, sizeof header);
    std::memcpy(header.magic, kCacheMagic, sizeof header.magic);
    header.version = kCacheVersion;
    header.complete = complete;
    header.docs = summary.docs;
    header.empty_docs = summary.empty_docs;
    header.entries = summary.entries;
    header.tokens = summary.tokens;
    header.vocab_size = summary.vocab_size;
    header.longest = summary.longest;
    header.fingerprint = summary.fingerprint;
    header.index_begin = index_begin;
    header.words_begin = words_begin;
    header.file_size = file_size;
    header.crc = crc_of(header);
    return header;
  }

  std::string cache_path;
  OutputFile index;  // spilled, so that memory does not grow with the number of documents
  OutputFile file;
  StreamHash fingerprint;
  CorpusSummary summary;
  std::vector<std::uint64_t> word_counts;
  std::uint64_t index_begin = 0;
  std::uint64_t words_begin = 0;
  std::uint64_t file_size = 0;
  bool finished = false;
};

CacheWriter::CacheWriter(std::string path) : impl_(std::make_unique<Impl>(path)) {}

CacheWriter::~CacheWriter() {
  if (!impl_->finished) ::unlink(impl_->cache_path.c_str());
}

const CorpusSummary& CacheWriter::summary() const { return impl_->summary; }

void CacheWriter::add(DocumentView document) {
  CorpusSummary& summary = impl_->summary;
  if (document.empty()) {
    ++summary.empty_docs;
    return;
  }
  const auto n = static_cast<std::uint32_t>(document.words.size());
  std::uint32_t bits = 0;  // as wide as the largest count
  std::uint64_t tokens = 0;
  for (const std::uint32_t count : document.counts) {
    bits |= count;
    tokens += count;
  }
  const std::uint32_t width = bits <= 0xff ? kBytes1 : bits <= 0xffff ? kBytes2 : kBytes4;
  const bool wide = document.words.back() > 0xffff;

  const std::uint64_t offset = impl_->file.size();
  impl_->index.write(&offset, sizeof offset);
  const std::size_t bytes = cached_bytes(n, wide, width);
  char* const record = impl_->file.append(bytes);
  const std::uint32_t first = n | (wide ? kWideIds : 0) | width << 30;
  std::memcpy(record, &first, sizeof first);
  char* const ids = record + sizeof first;
  char* const counts = ids + id_bytes(n, wide);
  char* const padding = counts + count_bytes(n, width);
  if (wide) {
    narrow<std::uint32_t>(document.words, ids);
  } else {
    narrow<std::uint16_t>(document.words, ids);
  }
  switch (width) {
    case kBytes1:
      narrow<std::uint8_t>(document.counts, counts);
      break;
    case kBytes2:
      narrow<std::uint16_t>(document.counts, counts);
      break;
    default:
      narrow<std::uint32_t>(document.counts, counts);
  }
  std::fill(padding, record + bytes, '\0');

  impl_->fingerprint.add({&n, 1});
  impl_->fingerprint.add(document.words);
  impl_->fingerprint.add(document.counts);
  summary.vocab_size = std::max(summary.vocab_size, document.words.back() + 1);
  if (impl_->word_counts.size() < summary.vocab_size) {
    impl_->word_counts.resize(summary.vocab_size);
  }
  for (std::size_t i = 0; i < n; ++i) {
    impl_->word_counts[document.words[i]] += document.counts[i];
  }
  ++summary.docs;
  summary.entries += n;
  summary.tokens += tokens;
  summary.longest = std::max(summary.longest, n);
}

void CacheWriter::finish(std::uint32_t vocab_size) {
  Impl& impl = *impl_;
  if (vocab_size < impl.summary.vocab_size) {
    throw Error(ErrorKind::kInput, impl.cache_path, 0,
                "a corpus of " + std::to_string(vocab_size) + " words holds word id " +
                    std::to_string(impl.summary.vocab_size - 1),
                "check that vocabulary and corpus belong together");
  }
  impl.summary.vocab_size = vocab_size;
  impl.summary.fingerprint = impl.fingerprint.value();
  impl.word_counts.resize(vocab_size);

  const std::uint64_t zero = 0;
  impl.file.write(&zero, (8 - impl.file.size() % 8) % 8);
  impl.index_begin = impl.file.size();
  impl.index.copy_to(impl.file);
  impl.words_begin = impl.file.size();
  impl.file.write(impl.word_counts.data(), impl.word_counts.size() * sizeof(std::uint64_t));
  impl.file_size = impl.file.size();
  // The header says "complete" only after the rest is on the disk.
  impl.file.sync();
  impl.file.overwrite_front(impl.make_header(1));
  impl.file.sync();
  impl.finished = true;
}

}  // namespace svi_lda

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void fail_io(const std::string& path, const char* what) {
  const int reason = errno;
  throw Error(ErrorKind::kIo, path, 0, what + reason_for(reason), hint_for(reason));
}

// Numbers of one width, widened.
template <typename Narrow>
void widen(const unsigned char* bytes, std::vector<std::uint32_t>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Narrow value;
    std::memcpy(&value, bytes + i * sizeof value, sizeof value);
    numbers[i] = value;
  }
}

bool are_counts(const std::vector<std::uint32_t>& numbers) {
  std::uint32_t wrong = 0;
  for (const std::uint32_t number : numbers) {
    wrong |= static_cast<std::uint32_t>(number - 1 >= kMaxCount);
  }
  return wrong == 0;
}

bool ascending_below(const std::vector<std::uint32_t>& words, std::uint32_t bound) {
  std::uint32_t wrong = static_cast<std::uint32_t>(words.back() >= bound);
  for (std::size_t i = 1; i < words.size(); ++i) {
    wrong |= static_cast<std::uint32_t>(words[i - 1] >= words[i]);
  }
  return wrong == 0;
}

}  // namespace

struct CacheReader::Impl {
  explicit Impl(std::string cache_path) : path(std::move(cache_path)) {
    const FileDescriptor file(path);
    if (file.get() < 0) fail_io(path, "cannot be opened: ");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) fail_io(path, "cannot be read: ");
    if (S_ISDIR(status.st_mode)) {
      throw Error(ErrorKind::kIo, path, 0, "is a folder", "give the file of a cache");
    }
    if (!S_ISREG(status.st_mode)) fail("not a file that can be mapped");
    size = static_cast<std::uint64_t>(status.st_size);
    if (size < sizeof(CacheHeader)) fail("not a corpus cache, or cut off in its header");
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (mapped == MAP_FAILED) fail_io(path, "cannot be mapped into memory: ");
    // No MADV_RANDOM: on a cold file it made reading documents in random order 10 to 16 times
    // slower and on a warm one no faster (read-ahead brings in neighbours that are wanted later).
    map = static_cast<unsigned char*>(mapped);
    try {
      read_header();
    } catch (...) {
      ::munmap(map, size);
      throw;
    }
  }
  ~Impl() { ::munmap(map, size); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[noreturn]] void fail(const std::string& problem) const {
    throw Error(ErrorKind::kInput, path, 0, problem, "make the cache again from the corpus");
  }

  void read_header() {
    CacheHeader header;
    std::memcpy(&header, map, sizeof header);
    if (std::memcmp(header.magic, kCacheMagic, sizeof header.magic) != 0) {
      fail("not a corpus cache");
    }
    if (header.version != kCacheVersion) {
      fail("a corpus cache of format " + std::to_string(header.version) + ", not " +
           std::to_string(kCacheVersion));
    }
    if (header.crc != crc_of(header)) fail("the cache's header is damaged (CRC)");
    if (header.complete != 1) fail("the cache is incomplete: writing it was interrupted");
    if (header.file_size != size) {
      fail("the cache has " + std::to_string(size) + " bytes, not the " +
           std::to_string(header.file_size) + " that were written");
    }
    // By divisions, so that no number in a forged header can overflow.
    const bool sound =
        header.docs <= kMaxDocuments && header.vocab_size <= kMaxVocabulary &&
        header.longest <= header.vocab_size && header.index_begin >= sizeof header &&
        header.index_begin % 8 == 0 && header.words_begin <= size &&
        header.index_begin <= header.words_begin &&
        header.words_begin - header.index_begin == header.docs * 8 &&
        header.empty_begin >= header.words_begin && header.empty_begin <= size &&
        header.empty_begin - header.words_begin == std::uint64_t{header.vocab_size} * 8 &&
        header.text_begin >= header.empty_begin && header.text_begin <= size &&
        (header.text_begin - header.empty_begin) % sizeof(EmptyRun) == 0;
    if (!sound) fail("the cache's header contradicts itself");
    summary.docs = header.docs;
    summary.empty_docs = header.empty_docs;
    summary.entries = header.entries;
    summary.tokens = header.tokens;
    summary.vocab_size = header.vocab_size;
    summary.longest = header.longest;
    summary.fingerprint = header.fingerprint;
    body_end = header.index_begin;
    words_begin = header.words_begin;
    empty_begin = header.empty_begin;
    text_begin = header.text_begin;
    text_hash = header.text_hash;
  }

  std::string path;
  unsigned char* map = nullptr;
  std::uint64_t size = 0;
  std::uint64_t body_end = 0;
  std::uint64_t words_begin = 0;
  std::uint64_t empty_begin = 0;
  std::uint64_t text_begin = 0;
  std::uint64_t text_hash = 0;
  CorpusSummary summary;
};

CacheReader::CacheReader(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
CacheReader::~CacheReader() = default;

const std::string& CacheReader::path() const { return impl_->path; }
const CorpusSummary& CacheReader::summary() const { return impl_->summary; }

void CacheReader::read(std::uint64_t index, Document& document) const {
  const Impl& cache = *impl_;
  const auto damaged = [&] {
    cache.fail("document " + std::to_string(index) + " of the cache is damaged");
  };
  if (index >= cache.summary.docs) damaged();
  std::uint64_t offset = 0;
  std::memcpy(&offset, cache.map + cache.body_end + index * sizeof offset, sizeof offset);
  if (offset < sizeof(CacheHeader) || offset % 4 != 0 || offset >= cache.body_end) damaged();
  const unsigned char* const record = cache.map + offset;
  std::uint32_t first = 0;
  std::memcpy(&first, record, sizeof first);
  const std::uint32_t n = first & kLengthMask;
  const bool wide = (first & kWideIds) != 0;
  const std::uint32_t width = first >> 30;
  if (n == 0 || n > cache.summary.longest || width > kBytes4 ||
      cached_bytes(n, wide, width) > cache.body_end - offset) {
    damaged();
  }

  document.words.resize(n);
  document.counts.resize(n);
  const unsigned char* const ids = record + sizeof first;
  const unsigned char* const counts = ids + id_bytes(n, wide);
  if (wide) {
    widen<std::uint32_t>(ids, document.words);
  } else {
    widen<std::uint16_t>(ids, document.words);
  }
  switch (width) {
    case kBytes1:
      widen<std::uint8_t>(counts, document.counts);
      break;
    case kBytes2:
      widen<std::uint16_t>(counts, document.counts);
      break;
    default:
      widen<std::uint32_t>(counts, document.counts);
  }
  if (!are_counts(document.counts) || !ascending_below(document.words, cache.summary.vocab_size)) {
    damaged();
  }
}

std::vector<std::uint64_t> CacheReader::word_counts() const {
  std::vector<std::uint64_t> counts(impl_->summary.vocab_size);
  if (!counts.empty()) {
    std::memcpy(counts.data(), impl_->map + impl_->words_begin, counts.size() * sizeof counts[0]);
  }
  return counts;
}

std::vector<EmptyRun> CacheReader::empty_runs() const {
  const Impl& cache = *impl_;
  std::vector<EmptyRun> runs((cache.text_begin - cache.empty_begin) / sizeof(EmptyRun));
  if (!runs.empty()) {
    std::memcpy(runs.data(), cache.map + cache.empty_begin, runs.size() * sizeof(EmptyRun));
  }
  std::uint64_t left = cache.summary.empty_docs;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].docs == 0 || runs[i].docs > left || runs[i].before > cache.summary.docs ||
        (i > 0 && runs[i].before <= runs[i - 1].before)) {
      cache.fail("the places of empty documents in the cache are damaged");
    }
    left -= runs[i].docs;
  }
  if (left != 0) cache.fail("the places of empty documents in the cache are damaged");
  return runs;
}

bool CacheReader::has_vocabulary() const { return impl_->text_begin != impl_->size; }

Vocabulary CacheReader::vocabulary() const {
  const Impl& cache = *impl_;
  if (!has_vocabulary()) return {};
  std::string_view text(reinterpret_cast<const char*>(cache.map) + cache.text_begin,
                        cache.size - cache.text_begin);
  if (XXH3_64bits(text.data(), text.size()) != cache.text_hash) {
    cache.fail("the words of the cache are damaged");
  }
  std::vector<std::string> words;
  for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos;) {
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (words.size() != cache.summary.vocab_size || !text.empty()) {
    cache.fail("the words of the cache are damaged");
  }
  return Vocabulary(std::move(words));
}

void CacheReader::release_pages() const {
  if (impl_->size <= kResident) return;
  // A hint: where the kernel does not take it, pages stay until it needs them.
  ::madvise(impl_->map, impl_->size, MADV_DONTNEED);
}

bool is_cache(const std::string& path) {
  const FileDescriptor file(path);
  struct stat status {};
  // From a pipe a look would take bytes away.
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  char magic[sizeof kCacheMagic];
  const ssize_t got = ::read(file.get(), magic, sizeof magic);
  return got == ssize_t{sizeof magic} && std::memcmp(magic, kCacheMagic, sizeof magic) == 0;
}

}  // namespace svi_lda

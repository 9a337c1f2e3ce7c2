// Arbitrary bytes as a corpus cache, twice: as they are, and as the numbers of a header that is
// otherwise sound (magic, version, CRC, size of the file), with the body behind them. An Error or
// sound documents, never a read outside the map.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "svi_lda/error.h"

namespace {

using namespace svi_lda;

void require(bool condition) {
  if (!condition) std::abort();
}

// A file in memory that has a path.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : fd_(::memfd_create("cache", MFD_CLOEXEC)) {
    require(fd_ >= 0);
    require(::write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { ::close(fd_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

void read_document(const CacheReader& reader, std::uint64_t index) {
  Document document;
  try {
    reader.read(index, document);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput);
    return;
  }
  require(!document.words.empty() && document.words.size() == document.counts.size());
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    require(i == 0 || document.words[i - 1] < document.words[i]);
    require(document.words[i] < reader.summary().vocab_size);
    require(document.counts[i] >= 1 && document.counts[i] <= kMaxCount);
  }
}

// The places of empty documents and the words.
void read_rest(const CacheReader& reader) {
  try {
    std::uint64_t empty = 0;
    for (const EmptyRun& run : reader.empty_runs()) empty += run.docs;
    require(empty == reader.summary().empty_docs);
    const Vocabulary words = reader.vocabulary();
    require(words.empty() || words.size() == reader.summary().vocab_size);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput);
  }
}

void read_cache(const std::string& bytes) {
  const MemoryFile file(bytes);
  try {
    const CacheReader reader(file.path());
    require(is_cache(file.path()));
    require(reader.word_counts().size() == reader.summary().vocab_size);
    const std::uint64_t docs = reader.summary().docs;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(docs, 1000); ++i) {
      read_document(reader, i);
    }
    read_document(reader, docs);
    read_rest(reader);
  } catch (const Error& error) {
    require(error.kind() == ErrorKind::kInput);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_cache(std::string(reinterpret_cast<const char*>(data), size));

  constexpr std::size_t kNumbers = offsetof(CacheHeader, reserved);
  if (size < kNumbers) return 0;
  CacheHeader header{};
  std::memcpy(&header, data, kNumbers);
  std::memcpy(header.magic, kCacheMagic, sizeof header.magic);
  header.version = kCacheVersion;
  header.complete = 1;
  header.file_size = sizeof header + size - kNumbers;
  header.crc = crc_of(header);
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  bytes.append(reinterpret_cast<const char*>(data) + kNumbers, size - kNumbers);
  read_cache(bytes);
  return 0;
}

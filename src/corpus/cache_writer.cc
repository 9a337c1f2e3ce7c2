#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <utility>

#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "corpus/output_file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// XXH3 of what comes piece by piece.
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
  void add(std::string_view bytes) { XXH3_64bits_update(state_, bytes.data(), bytes.size()); }
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
      : cache_path(path),
        index(OutputFile::unnamed(path)),
        empty(OutputFile::unnamed(path)),
        file(OutputFile::create(path)) {
    const CacheHeader header = make_header(0);
    file.write(&header, sizeof header);
  }

  void end_empty_run() {
    if (empty_run.docs != 0) empty.write(&empty_run, sizeof empty_run);
    empty_run = {0, 0};
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
    header.empty_begin = empty_begin;
    header.text_begin = text_begin;
    header.text_hash = text_hash;
    header.file_size = file_size;
    header.crc = crc_of(header);
    return header;
  }

  std::string cache_path;
  // Spilled, so that memory does not grow with the number of documents.
  OutputFile index;
  OutputFile empty;
  EmptyRun empty_run = {0, 0};
  OutputFile file;
  StreamHash fingerprint;
  CorpusSummary summary;
  std::vector<std::uint64_t> word_counts;
  std::uint64_t index_begin = 0;
  std::uint64_t words_begin = 0;
  std::uint64_t empty_begin = 0;
  std::uint64_t text_begin = 0;
  std::uint64_t text_hash = 0;
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
    impl_->empty_run.before = summary.docs;
    ++impl_->empty_run.docs;
    return;
  }
  impl_->end_empty_run();
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

void CacheWriter::finish(std::uint32_t vocab_size, const Vocabulary& vocabulary) {
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

  const auto copy = [&](std::string_view bytes) { impl.file.write(bytes.data(), bytes.size()); };
  const std::uint64_t zero = 0;
  impl.file.write(&zero, (8 - impl.file.size() % 8) % 8);
  impl.index_begin = impl.file.size();
  impl.index.read_back(copy);
  impl.words_begin = impl.file.size();
  impl.file.write(impl.word_counts.data(), impl.word_counts.size() * sizeof(std::uint64_t));
  impl.empty_begin = impl.file.size();
  impl.end_empty_run();
  impl.empty.read_back(copy);
  impl.text_begin = impl.file.size();
  StreamHash text_hash;
  for (const std::string& word : vocabulary.words()) {
    for (const std::string_view part : {std::string_view(word), std::string_view("\n")}) {
      impl.file.write(part.data(), part.size());
      text_hash.add(part);
    }
  }
  impl.text_hash = text_hash.value();
  impl.file_size = impl.file.size();
  // The header says "complete" only after the rest is on the disk.
  impl.file.sync();
  const CacheHeader header = impl.make_header(1);
  impl.file.overwrite_front(&header, sizeof header);
  impl.file.sync();
  impl.finished = true;
}

}  // namespace svi_lda

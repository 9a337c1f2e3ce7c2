#pragma once

#include <zlib.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace svi_lda {

static_assert(std::endian::native == std::endian::little, "a cache is the machine's own memory");

// The first byte is none that a text in ASCII or UTF-8 may begin with.
inline constexpr char kCacheMagic[8] = {'\x89', 'S', 'V', 'I', 'L', 'D', 'A', '\n'};
// Raised when a reader of the old format would go wrong.
inline constexpr std::uint32_t kCacheVersion = 3;

// The first 4096 bytes of a cache; offsets are from the start of the file, multiples of 8.
struct CacheHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t complete;  // 0 until everything else has reached the disk
  std::uint64_t docs;
  std::uint64_t empty_docs;
  std::uint64_t entries;
  std::uint64_t tokens;
  std::uint32_t vocab_size;
  std::uint32_t longest;
  std::uint64_t fingerprint;
  std::uint64_t index_begin;
  std::uint64_t words_begin;
  std::uint64_t empty_begin;
  std::uint64_t text_begin;
  std::uint64_t text_hash;  // XXH3 of the vocabulary's text
  std::uint64_t file_size;
  std::uint8_t reserved[3980];  // 0
  std::uint32_t crc;            // CRC-32 of all bytes before it
};
static_assert(sizeof(CacheHeader) == 4096 && std::is_trivially_copyable_v<CacheHeader>);

inline std::uint32_t crc_of(const CacheHeader& header) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(&header), offsetof(CacheHeader, crc)));
}

// The first word of a document: distinct words below bit 29, there whether its ids take 4 bytes or
// 2, width of its counts above.
inline constexpr std::uint32_t kLengthMask = (1u << 29) - 1;
inline constexpr std::uint32_t kWideIds = 1u << 29;
enum CountWidth : std::uint32_t { kBytes1 = 0, kBytes2 = 1, kBytes4 = 2 };

// Bytes of n ids, of n counts (width code below 3).
constexpr std::uint64_t id_bytes(std::uint64_t n, bool wide) { return n * (wide ? 4 : 2); }
constexpr std::uint64_t count_bytes(std::uint64_t n, std::uint32_t width) { return n << width; }

// Bytes of a document of n words, its first word and its padding included.
constexpr std::uint64_t cached_bytes(std::uint64_t n, bool wide, std::uint32_t width) {
  return 4 + (id_bytes(n, wide) + count_bytes(n, width) + 3) / 4 * 4;
}

}  // namespace svi_lda

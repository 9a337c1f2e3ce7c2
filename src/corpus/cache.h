#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corpus/document.h"
#include "corpus/vocabulary.h"

namespace svi_lda {

// What a cache says of the corpus in it.
struct CorpusSummary {
  std::uint64_t docs = 0;        // non-empty documents, all of them in the cache
  std::uint64_t empty_docs = 0;  // of which the cache holds only where they stood
  std::uint64_t entries = 0;     // document-word pairs (NNZ)
  std::uint64_t tokens = 0;
  std::uint32_t vocab_size = 0;   // V
  std::uint32_t longest = 0;      // distinct words of the longest document
  std::uint64_t fingerprint = 0;  // of all documents in order, the same for every input format
};

// Empty documents that follow each other.
struct EmptyRun {
  std::uint64_t before;  // non-empty documents in front of them
  std::uint64_t docs;    // how many, at least 1
};

// Binary corpus, written once front to back and then read by position. Little-endian:
//   header   4096 bytes: magic, version, summary, offsets, CRC; says "incomplete" until finish()
//   body     per document: u32 (distinct words | wide ids << 29 | width code of the counts << 30),
//            ids u16/u32[n], counts u8/u16/u32[n], padded to 4 bytes
//   index    u64 byte offset of each document
//   words    u64[V] tokens of each word (the training unigram)
//   empty    EmptyRun[]: where empty documents stood
//   text     the words, each with LF behind it; nothing where they are not known
class CacheWriter {
 public:
  // Creates or replaces the file at `path`. Fails: kIo.
  explicit CacheWriter(std::string path);
  // An unfinished cache is removed.
  ~CacheWriter();
  CacheWriter(const CacheWriter&) = delete;
  CacheWriter& operator=(const CacheWriter&) = delete;

  // Of empty documents only the place is stored. Fails: kIo (a full disk), naming the path.
  void add(DocumentView document);
  const CorpusSummary& summary() const;

  // Writes index, word counts, words and the final header, syncs. vocab_size >= the largest id + 1
  // and the size of the vocabulary, unless that is empty.
  void finish(std::uint32_t vocab_size, const Vocabulary& vocabulary = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A finished cache, memory-mapped: documents by position, in any order.
class CacheReader {
 public:
  // O(1) in the size of the file. Fails: kIo, kInput (not a cache, another version, incomplete,
  // truncated, a header whose CRC is wrong).
  explicit CacheReader(const std::string& path);
  ~CacheReader();
  CacheReader(const CacheReader&) = delete;
  CacheReader& operator=(const CacheReader&) = delete;

  const std::string& path() const;
  const CorpusSummary& summary() const;

  // Document `index` < summary().docs into `document`, bounds-checked: a damaged body is an Error
  // kInput that names the document, never a read outside the map.
  void read(std::uint64_t index, Document& document) const;

  // Tokens of each word, [V].
  std::vector<std::uint64_t> word_counts() const;

  // Where empty documents stood, ascending. Memory: 16 bytes a run, all of it backed by the file.
  // Fails: kInput where they contradict the summary.
  std::vector<EmptyRun> empty_runs() const;
  // The words by id; empty where the cache does not know them. Fails: kInput (damaged).
  Vocabulary vocabulary() const;
  bool has_vocabulary() const;

  // Tells the kernel that the pages read so far may leave this process' resident set. Nothing
  // happens to a cache of at most kResident bytes, which may stay there.
  void release_pages() const;
  static constexpr std::uint64_t kResident = std::uint64_t{32} << 20;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// True if `path` begins with the magic of a cache.
bool is_cache(const std::string& path);

}  // namespace svi_lda

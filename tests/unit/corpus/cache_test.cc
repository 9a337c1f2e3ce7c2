#include "corpus/cache.h"

#include <unistd.h>

#include <thread>

#include "base/file.h"
#include "support/file_size_limit.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::HasSubstr;

CorpusSummary write_cache(const std::string& path, CorpusReader& reader, std::uint32_t vocab_size) {
  CacheWriter writer(path);
  for (Document document; reader.next(document);) writer.add(document.view());
  writer.finish(vocab_size);
  return writer.summary();
}

void expect_equal(const CorpusSummary& a, const CorpusSummary& b) {
  EXPECT_EQ(a.docs, b.docs);
  EXPECT_EQ(a.empty_docs, b.empty_docs);
  EXPECT_EQ(a.entries, b.entries);
  EXPECT_EQ(a.tokens, b.tokens);
  EXPECT_EQ(a.vocab_size, b.vocab_size);
  EXPECT_EQ(a.longest, b.longest);
  EXPECT_EQ(a.fingerprint, b.fingerprint);
}

// Bytes of the map of `path` that are in this process' resident set.
std::uint64_t mapped_and_resident(const std::string& path) {
  std::ifstream maps("/proc/self/smaps");
  std::uint64_t bytes = 0;
  bool ours = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(' ')) ours = line.ends_with(path);
    if (ours && line.starts_with("Rss:")) bytes += 1024 * std::stoull(line.substr(4));
  }
  return bytes;
}

TEST(Cache, RoundTripOfEveryFormat) {
  const TemporaryFolder folder;
  std::mt19937_64 random(11);
  for (int trial = 0; trial < 30; ++trial) {
    const auto vocab_size = static_cast<std::uint32_t>(1 + random() % 50);
    const std::vector<Bag> bags = random_bags(random, 1 + random() % 60, vocab_size);
    const std::string uci = uci_text(bags, vocab_size, random);
    const std::string ldac = ldac_text(bags, random);

    CorpusSummary expected;
    std::vector<std::uint64_t> word_counts(vocab_size);
    std::vector<Bag> not_empty;
    for (const Bag& bag : bags) {
      expected.empty_docs += bag.empty() ? 1 : 0;
      if (!bag.empty()) not_empty.push_back(bag);
      expected.entries += bag.size();
      expected.longest = std::max(expected.longest, static_cast<std::uint32_t>(bag.size()));
      for (const auto& [word, count] : bag) {
        expected.tokens += count;
        word_counts[word] += count;
      }
    }
    expected.docs = not_empty.size();
    expected.vocab_size = vocab_size;

    const std::string cache = folder.file("cache");
    expected.fingerprint = write_cache(cache, *open_text(uci), vocab_size).fingerprint;
    std::string bytes;
    for (const std::string& text : {uci, ldac, gzip(uci), gzip(ldac)}) {
      expect_equal(write_cache(cache, *open_text(text), vocab_size), expected);
      const CacheReader reader(cache);
      expect_equal(reader.summary(), expected);
      EXPECT_EQ(reader.word_counts(), word_counts);
      EXPECT_EQ(reader.path(), cache);
      Document document;
      for (std::size_t i = not_empty.size(); i-- > 0;) {
        reader.read(i, document);
        EXPECT_EQ(bag_of(document), not_empty[i]);
        if (i % 16 == 0) reader.release_pages();
      }
      // Equal corpora are equal files.
      if (bytes.empty()) bytes = read_file(folder.file("cache"));
      EXPECT_TRUE(read_file(folder.file("cache")) == bytes);
    }
    EXPECT_TRUE(is_cache(cache));
    EXPECT_EQ(folder.entries(), 1u) << "nothing else is left";
  }
}

TEST(Cache, TheFingerprintTellsCorporaApart) {
  const TemporaryFolder folder;
  const auto fingerprint = [&](const std::vector<Bag>& bags) {
    CacheWriter writer(folder.file("cache"));
    for (const Bag& bag : bags) {
      const Document document = document_of(bag);
      writer.add(document.view());
    }
    writer.finish(10);
    return writer.summary().fingerprint;
  };
  const std::uint64_t one = fingerprint({{{0, 1}, {1, 2}}, {{3, 1}}});
  EXPECT_EQ(one, fingerprint({{}, {{0, 1}, {1, 2}}, {}, {{3, 1}}, {}}));
  EXPECT_NE(one, fingerprint({{{3, 1}}, {{0, 1}, {1, 2}}}));
  EXPECT_NE(one, fingerprint({{{0, 1}, {1, 2}, {3, 1}}}));
  EXPECT_NE(one, fingerprint({{{0, 1}}, {{1, 2}, {3, 1}}}));
  EXPECT_NE(one, fingerprint({{{0, 1}, {1, 3}}, {{3, 1}}}));
}

// The narrowest of 1, 2 and 4 bytes a count and of 2 and 4 an id: told by the size of the file.
TEST(Cache, NumbersTakeTheNarrowestWidth) {
  const TemporaryFolder folder;
  constexpr std::uint32_t kVocabulary = 70'000;
  const auto body_bytes = [&](std::uint32_t largest_id, std::uint32_t largest_count) {
    CacheWriter writer(folder.file("cache"));
    Document document;
    for (std::uint32_t i = 0; i < 99; ++i) {
      document.words.push_back(i);
      document.counts.push_back(i == 98 ? largest_count : 1);
    }
    document.words.back() = largest_id;
    writer.add(document.view());
    writer.finish(kVocabulary);
    Document back;
    CacheReader(folder.file("cache")).read(0, back);
    EXPECT_EQ(back.words, document.words);
    EXPECT_EQ(back.counts, document.counts);
    return std::filesystem::file_size(folder.file("cache")) - 4096 - 8 - 8 * kVocabulary;
  };
  const auto aligned = [](std::uint64_t bytes) { return (bytes + 7) / 8 * 8; };
  EXPECT_EQ(body_bytes(98, 255), aligned(4 + 198 + 99));
  EXPECT_EQ(body_bytes(98, 256), aligned(4 + 198 + 198));
  EXPECT_EQ(body_bytes(98, 65'535), aligned(4 + 198 + 198));
  EXPECT_EQ(body_bytes(98, 65'536), aligned(4 + 198 + 396));
  EXPECT_EQ(body_bytes(98, kMaxCount), aligned(4 + 198 + 396));
  EXPECT_EQ(body_bytes(65'535, 255), aligned(4 + 198 + 99));
  EXPECT_EQ(body_bytes(65'536, 255), aligned(4 + 396 + 99));
  EXPECT_EQ(body_bytes(69'999, kMaxCount), aligned(4 + 396 + 396));
}

TEST(Cache, LargeDocumentsAndManyDocuments) {
  const TemporaryFolder folder;
  CacheWriter writer(folder.file("cache"));
  Document large;
  for (std::uint32_t w = 0; w < 300'000; ++w) {
    large.words.push_back(2 * w);
    large.counts.push_back(1 + w % 300);
  }
  constexpr std::uint32_t kSmall = 100'000;
  for (std::uint32_t i = 0; i < kSmall; ++i) {
    if (i == kSmall / 2) writer.add(large.view());
    const Document document = document_of({{i, 1 + i}});
    writer.add(document.view());
  }
  writer.finish(600'000);
  const CacheReader reader(folder.file("cache"));
  EXPECT_EQ(reader.summary().docs, kSmall + 1);
  EXPECT_EQ(reader.summary().longest, 300'000u);
  Document document;
  reader.read(kSmall / 2, document);
  EXPECT_EQ(document.words, large.words);
  EXPECT_EQ(document.counts, large.counts);
  for (const std::uint32_t i : {0u, 1u, kSmall / 2 - 1, kSmall - 1}) {
    reader.read(i < kSmall / 2 ? i : i + 1, document);
    EXPECT_EQ(bag_of(document), (Bag{{i, 1 + i}}));
  }
}

// Pages of a large cache are given back and come again; those of a small one stay.
TEST(Cache, ReleasesPagesOfALargeFileOnly) {
  const TemporaryFolder folder;
  const auto resident_after_release = [&](std::uint32_t docs) {
    CacheWriter writer(folder.file("cache"));
    Document document;
    for (std::uint32_t w = 0; w < 100'000; ++w) {
      document.words.push_back(w);
      document.counts.push_back(1);
    }
    for (std::uint32_t d = 0; d < docs; ++d) {
      document.counts[d] = 2;
      writer.add(document.view());
    }
    writer.finish(100'000);
    const CacheReader reader(folder.file("cache"));
    const auto sum_counts = [&] {
      std::uint64_t tokens = 0;
      for (std::uint32_t d = 0; d < docs; ++d) {
        reader.read(d, document);
        tokens += document.view().tokens();
      }
      return tokens;
    };
    EXPECT_EQ(sum_counts(), reader.summary().tokens);
    const std::uint64_t before = mapped_and_resident(folder.file("cache"));
    EXPECT_GT(before, std::filesystem::file_size(folder.file("cache")) / 2);
    reader.release_pages();
    const std::uint64_t after = mapped_and_resident(folder.file("cache"));
    EXPECT_EQ(sum_counts(), reader.summary().tokens);
    return after;
  };
  EXPECT_GT(resident_after_release(20), 5'000'000u);  // 10 MB
  EXPECT_EQ(resident_after_release(80), 0u);          // 40 MB
}

TEST(Cache, IsReadByManyThreads) {
  const TemporaryFolder folder;
  std::mt19937_64 random(13);
  std::vector<Bag> bags = random_bags(random, 300, 40);
  std::erase_if(bags, [](const Bag& bag) { return bag.empty(); });
  CacheWriter writer(folder.file("cache"));
  for (const Bag& bag : bags) {
    const Document document = document_of(bag);
    writer.add(document.view());
  }
  writer.finish(40);
  const CacheReader reader(folder.file("cache"));
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      Document document;
      for (std::size_t i = 0; i < 20 * bags.size(); ++i) {
        const std::size_t index = (i * (2 * t + 1) + t) % bags.size();
        reader.read(index, document);
        if (bag_of(document) != bags[index]) ++wrong[t];
        if (i % 500 == 0) reader.release_pages();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(CacheWriter, UnfinishedLeavesNothing) {
  const TemporaryFolder folder;
  {
    CacheWriter writer(folder.file("cache"));
    writer.add(document_of({{0, 1}}).view());
    EXPECT_EQ(folder.entries(), 1u);
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(CacheWriter, RejectsAVocabularyThatIsTooSmall) {
  const TemporaryFolder folder;
  {
    CacheWriter writer(folder.file("cache"));
    writer.add(document_of({{9, 1}}).view());
    const Error error = error_of([&] { writer.finish(9); });
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_THAT(error.problem(), HasSubstr("of 9 words holds word id 9"));
  }
  EXPECT_EQ(folder.entries(), 0u);
}

TEST(CacheWriter, PathsThatCannotBeWritten) {
  const TemporaryFolder folder;
  const Error error = error_of([&] { CacheWriter writer(folder.file("none/cache")); });
  EXPECT_EQ(error.kind(), ErrorKind::kIo);
  EXPECT_EQ(error.path(), folder.file("none/cache"));
  EXPECT_THAT(error.problem(), HasSubstr("No such file"));
}

// /dev/full says "no space left" to every write; through a link, as the writer removes its file.
TEST(CacheWriter, AFullDiskIsAnErrorAndLeavesNothing) {
  if (::access("/dev/full", W_OK) != 0) GTEST_SKIP() << "no /dev/full here";
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder.file("cache"));
  {
    CacheWriter writer(folder.file("cache"));
    const Error error = error_of([&] {
      for (std::uint32_t i = 0; i < 1'000'000; ++i) writer.add(document_of({{i, 1}}).view());
    });
    EXPECT_EQ(error.kind(), ErrorKind::kIo);
    EXPECT_EQ(error.path(), folder.file("cache"));
    EXPECT_THAT(error.problem(), HasSubstr("No space left"));
  }
  EXPECT_EQ(folder.entries(), 0u);
}

// A limit on the size of files, reached at every stage of writing, finish() included.
TEST(CacheWriter, AFileSizeLimitIsAnErrorAndLeavesNothing) {
  const TemporaryFolder folder;
  const auto write_some = [&] {
    CacheWriter writer(folder.file("cache"));
    for (std::uint32_t i = 0; i < 2000; ++i) writer.add(document_of({{i, 1}}).view());
    writer.finish(2000);
  };
  write_some();
  const std::uintmax_t whole = std::filesystem::file_size(folder.file("cache"));
  std::filesystem::remove(folder.file("cache"));

  for (const std::uintmax_t bytes :
       {std::uintmax_t{0}, std::uintmax_t{4096}, whole / 2, whole - 1}) {
    const Error error = error_of([&] {
      const FileSizeLimit limit(bytes);
      write_some();
    });
    EXPECT_EQ(error.kind(), ErrorKind::kIo) << bytes;
    EXPECT_THAT(error.problem(), HasSubstr("File too large")) << bytes;
    EXPECT_EQ(folder.entries(), 0u) << bytes;
  }
}

}  // namespace
}  // namespace svi_lda

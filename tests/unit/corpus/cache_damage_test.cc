#include <sys/stat.h>

#include <cstring>

#include "base/file.h"
#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using testing::HasSubstr;

class CacheDamage : public testing::Test {
 protected:
  CacheDamage() {
    CacheWriter writer(folder_.file("cache"));
    for (const Bag& bag : {Bag{{0, 1}, {2, 2}, {3, 300}}, Bag{{1, 1}}, Bag{{4, kMaxCount}}}) {
      const Document document = document_of(bag);
      writer.add(document.view());
    }
    writer.add({});
    writer.finish(5, Vocabulary({"a", "b", "c", "d", "e"}));
    sound_ = read_file(folder_.file("cache"));
  }

  CacheHeader header_of(const std::string& bytes) const {
    CacheHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    return header;
  }

  // `bytes` under another header, with the CRC that it should have.
  static std::string with_header(std::string bytes, CacheHeader header) {
    header.crc = crc_of(header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
  }

  Error open_error(const std::string& bytes) const {
    const std::string path = write(folder_, "damaged", bytes);
    return error_of([&] { CacheReader reader(path); });
  }

  // Reads every document; the Error of the first that is damaged.
  Error read_error(const std::string& bytes) const {
    const CacheReader reader(write(folder_, "damaged", bytes));
    return error_of([&] {
      Document document;
      for (std::uint64_t i = 0; i < reader.summary().docs; ++i) reader.read(i, document);
    });
  }

  template <typename Number>
  static std::string with_number(std::string bytes, std::size_t at, Number number) {
    std::memcpy(bytes.data() + at, &number, sizeof number);
    return bytes;
  }

  TemporaryFolder folder_;
  std::string sound_;
};

TEST_F(CacheDamage, EveryByteOfTheHeaderIsChecked) {
  for (std::size_t at = 0; at < sizeof(CacheHeader); at += at < 128 ? 1 : 61) {
    std::string bytes = sound_;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x04);
    const Error error = open_error(bytes);
    EXPECT_EQ(error.kind(), ErrorKind::kInput) << at;
    EXPECT_EQ(error.path(), folder_.file("damaged")) << at;
    EXPECT_FALSE(error.hint().empty()) << at;
  }
}

TEST_F(CacheDamage, AnyOtherLengthIsAnError) {
  for (std::size_t length = 0; length < sound_.size(); length += length < 4000 ? 97 : 1) {
    EXPECT_EQ(open_error(sound_.substr(0, length)).kind(), ErrorKind::kInput) << length;
  }
  EXPECT_THAT(open_error(sound_ + "x").problem(), HasSubstr("not the"));
}

TEST_F(CacheDamage, SaysWhatTheFileIs) {
  EXPECT_THAT(open_error(std::string(5000, 'x')).problem(), HasSubstr("not a corpus cache"));

  CacheHeader header = header_of(sound_);
  header.version = kCacheVersion + 1;
  EXPECT_THAT(open_error(with_header(sound_, header)).problem(), HasSubstr("of format 4, not 3"));

  header = header_of(sound_);
  header.complete = 0;
  EXPECT_THAT(open_error(with_header(sound_, header)).problem(), HasSubstr("incomplete"));
}

TEST_F(CacheDamage, HeadersThatContradictThemselves) {
  const CacheHeader sound = header_of(sound_);
  std::vector<CacheHeader> headers(17, sound);
  headers[0].docs += 1;
  headers[1].docs = std::uint64_t{1} << 61;  // times 8 is 0
  headers[2].docs += std::uint64_t{1} << 61;
  headers[3].vocab_size += 1;
  headers[4].vocab_size = 0xffffffff;
  headers[5].longest = sound.vocab_size + 1;
  headers[6].index_begin = 0;
  headers[7].index_begin = ~std::uint64_t{7};
  headers[8].words_begin = ~std::uint64_t{7};
  headers[9].words_begin += 8;
  headers[10].index_begin = sound.words_begin + 8;
  headers[11].index_begin += 4;
  headers[12].empty_begin += 8;
  headers[13].empty_begin = ~std::uint64_t{7};
  headers[14].text_begin = sound.empty_begin - 8;
  headers[15].text_begin = sound.file_size + 8;
  headers[16].text_begin += 1;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const Error error = open_error(with_header(sound_, headers[i]));
    EXPECT_THAT(error.problem(), HasSubstr("contradicts itself")) << i;
  }
}

TEST_F(CacheDamage, ADamagedDocumentIsNamed) {
  const CacheHeader header = header_of(sound_);
  const std::size_t body = sizeof(CacheHeader);
  const std::size_t index = header.index_begin;
  // Document 0: n | widths at body, 2-byte ids at +4, +6, +8, 2-byte counts at +10.
  const std::string damaged[] = {
      with_number(sound_, body, std::uint32_t{0}),
      with_number(sound_, body, std::uint32_t{4}),             // more than the longest
      with_number(sound_, body, kLengthMask),                  // runs out of the map
      with_number(sound_, body, std::uint32_t{3} | 3u << 30),  // no such width
      with_number(sound_, body, std::uint32_t{3} | kWideIds),  // counts taken for ids
      with_number(sound_, body + 4, std::uint16_t{2}),         // not ascending
      with_number(sound_, body + 8, std::uint16_t{5}),         // beyond V
      with_number(sound_, body + 8, std::uint16_t{0xffff}),    //
      with_number(sound_, body + 10, std::uint16_t{0}),        // a count of 0
      with_number(sound_, index, std::uint64_t{0}),            // into the header
      with_number(sound_, index, std::uint64_t{body + 2}),     // not aligned
      with_number(sound_, index, std::uint64_t{index}),        // behind the body
      with_number(sound_, index, std::uint64_t{index - 4}),    // too short a rest
      with_number(sound_, index, ~std::uint64_t{3}),           //
  };
  for (std::size_t i = 0; i < std::size(damaged); ++i) {
    const Error error = read_error(damaged[i]);
    EXPECT_EQ(error.kind(), ErrorKind::kInput) << i;
    EXPECT_THAT(error.problem(), HasSubstr("document 0 of the cache is damaged")) << i;
  }
  std::uint64_t last = 0;
  std::memcpy(&last, sound_.data() + index + 16, sizeof last);
  const Error error = read_error(with_number(sound_, last + 6, kMaxCount + 1));
  EXPECT_THAT(error.problem(), HasSubstr("document 2 of the cache is damaged"));
}

TEST_F(CacheDamage, AnyFlippedBitOfTheBodyIsSafe) {
  for (std::size_t at = sizeof(CacheHeader); at < header_of(sound_).words_begin; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = sound_;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      const CacheReader reader(write(folder_, "damaged", bytes));
      Document document;
      for (std::uint64_t i = 0; i < reader.summary().docs; ++i) {
        try {
          reader.read(i, document);
        } catch (const Error& error) {
          EXPECT_EQ(error.kind(), ErrorKind::kInput);
          continue;
        }
        ASSERT_FALSE(document.words.empty());
        ASSERT_LT(document.words.back(), 5u);
        for (const std::uint32_t count : document.counts) {
          ASSERT_GE(count, 1u);
          ASSERT_LE(count, kMaxCount);
        }
      }
    }
  }
}

TEST_F(CacheDamage, ADocumentBeyondTheLastIsAnError) {
  const CacheReader reader(folder_.file("cache"));
  Document document;
  for (const std::uint64_t index : {std::uint64_t{3}, ~std::uint64_t{0}}) {
    EXPECT_EQ(error_of([&] { reader.read(index, document); }).kind(), ErrorKind::kInput);
  }
}

TEST_F(CacheDamage, IsCacheLooksAtRegularFilesOnly) {
  EXPECT_TRUE(is_cache(folder_.file("cache")));
  EXPECT_FALSE(is_cache(folder_.file("none")));
  EXPECT_FALSE(is_cache(folder_.file("")));
  EXPECT_FALSE(is_cache(write(folder_, "text", "\x89SVILDA")));
  EXPECT_FALSE(is_cache(write(folder_, "text", "3\n5\n2\n1 1 1\n")));
  ASSERT_EQ(::mkfifo(folder_.file("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(is_cache(folder_.file("pipe")));
  EXPECT_EQ(error_of([&] { CacheReader reader(folder_.file("pipe")); }).kind(), ErrorKind::kInput);
  EXPECT_EQ(error_of([&] { CacheReader reader(folder_.file("none")); }).kind(), ErrorKind::kIo);
}

// What is not needed to open a cache is checked when it is asked for.
TEST_F(CacheDamage, WordsAndPlacesOfEmptyDocumentsAreChecked) {
  const CacheHeader header = header_of(sound_);
  const auto spoilt = [&](std::uint64_t at, std::uint64_t number) {
    return write(folder_, "damaged", with_number(sound_, at, number));
  };
  EXPECT_EQ(CacheReader(folder_.file("cache")).vocabulary().size(), 5u);
  const Error words = error_of([&] {
    CacheReader(write(folder_, "damaged", with_number(sound_, header.text_begin, 'x')))
        .vocabulary();
  });
  EXPECT_THAT(words.problem(), HasSubstr("the words of the cache are damaged"));
  for (const auto& [at, number] :
       {std::pair<std::uint64_t, std::uint64_t>{0, 4}, {8, 0}, {8, 2}, {8, ~std::uint64_t{0}}}) {
    const std::string path = spoilt(header.empty_begin + at, number);
    EXPECT_THAT(error_of([&] { CacheReader(path).empty_runs(); }).problem(),
                HasSubstr("places of empty documents"))
        << at << " " << number;
  }
}

}  // namespace
}  // namespace svi_lda

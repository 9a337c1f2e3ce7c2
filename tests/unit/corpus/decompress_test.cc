#include "corpus/decompress.h"

#include <bzlib.h>
#include <lzma.h>
#include <zstd.h>

#include <string>
#include <vector>

#include "unit/corpus/corpus_support.h"

namespace svi_lda {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

std::string bzip2(const std::string& text) {
  std::string in = text;
  std::string out(text.size() + text.size() / 50 + 700, '\0');
  auto size = static_cast<unsigned>(out.size());
  if (BZ2_bzBuffToBuffCompress(out.data(), &size, in.data(), static_cast<unsigned>(in.size()), 1, 0,
                               0) != BZ_OK) {
    throw std::runtime_error("bzip2 failed");
  }
  return out.substr(0, size);
}

std::string zstd(const std::string& text) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size());
  if (ZSTD_isError(size) != 0) throw std::runtime_error("zstd failed");
  return out.substr(0, size);
}

std::string xz(const std::string& text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  if (lzma_easy_buffer_encode(
          1, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()),
          text.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()) != LZMA_OK) {
    throw std::runtime_error("xz failed");
  }
  return out.substr(0, size);
}

struct Codec {
  const char* name;
  std::string (*pack)(const std::string&);
};
const Codec kCodecs[] = {{"bzip2", bzip2}, {"zstd", zstd}, {"xz", xz}};

// Different letters all the way, so that nothing that is lost goes unseen.
std::string sample(std::size_t size) {
  std::mt19937_64 random(size);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 20);
  return text;
}

std::string unpack(const std::string& bytes, std::size_t step = std::string::npos,
                   std::size_t at_a_time = 4096) {
  const auto source = decompress(std::make_unique<MemorySource>(bytes, step), "a");
  std::string out;
  std::string block(at_a_time, '\0');
  while (const std::size_t got = source->read(block.data(), block.size())) {
    out.append(block, 0, got);
  }
  return out;
}

TEST(Decompress, GivesBackWhatWasPackedHoweverItComes) {
  for (const Codec& codec : kCodecs) {
    for (const std::size_t size : {0, 1, 1000, 300'000}) {
      const std::string text = sample(size);
      const std::string packed = codec.pack(text);
      for (const std::size_t step : {std::size_t{1}, std::size_t{4097}, std::string::npos}) {
        if (size > 1000 && step == 1) continue;
        EXPECT_TRUE(unpack(packed, step) == text) << codec.name << size << " " << step;
        EXPECT_TRUE(unpack(packed, step, 7) == text || size > 1000) << codec.name << size;
      }
    }
  }
}

TEST(Decompress, StreamsFollowEachOther) {
  for (const Codec& codec : kCodecs) {
    const std::string text = sample(5000);
    EXPECT_TRUE(unpack(codec.pack(text) + codec.pack("") + codec.pack("end")) == text + "end")
        << codec.name;
  }
}

TEST(Decompress, ACutIsAnErrorBehindWhatWasThere) {
  for (const Codec& codec : kCodecs) {
    const std::string text = sample(3000);
    const std::string packed = codec.pack(text);
    for (std::size_t size = 12; size < packed.size(); ++size) {
      const Error error = error_of([&] { unpack(packed.substr(0, size)); });
      EXPECT_EQ(error.kind(), ErrorKind::kInput) << codec.name << size;
      EXPECT_THAT(error.problem(), HasSubstr("compressed data")) << codec.name << size;
      EXPECT_FALSE(error.hint().empty());
    }
  }
}

TEST(Decompress, AnyChangedByteOfTheBodyIsAnError) {
  for (const Codec& codec : kCodecs) {
    const std::string packed = codec.pack(sample(300));
    for (std::size_t at = packed.size() / 3; at < packed.size() * 2 / 3; ++at) {
      std::string bytes = packed;
      bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
      EXPECT_EQ(error_of([&] { unpack(bytes); }).kind(), ErrorKind::kInput) << codec.name << at;
    }
  }
}

TEST(Decompress, OtherBytesBehindTheEndAreAnError) {
  for (const Codec& codec : kCodecs) {
    EXPECT_EQ(error_of([&] { unpack(codec.pack("text") + "some junk"); }).kind(), ErrorKind::kInput)
        << codec.name;
  }
}

TEST(Decompress, ErrorsTellTheLineInside) {
  const std::string text = "3\n10\n4\n1 1 1\n1 2 1\n2 11 1\n3 1 1\n";
  for (const Codec& codec : kCodecs) {
    const Error error = error_of([&] { read_text(codec.pack(text)); });
    EXPECT_EQ(error.line(), 6u) << codec.name;
    EXPECT_THAT(error.problem(), HasSubstr("'11' is above 10")) << codec.name;
  }
}

TEST(Decompress, AZstdWindowBeyondTheBoundIsRefused) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     &ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 28);
  std::string out(1000, '\0');
  ZSTD_inBuffer from{"text", 4, 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  // Streamed, so that the size of the text, which would shrink the window, is not known.
  ZSTD_compressStream2(context.get(), &to, &from, ZSTD_e_flush);
  ZSTD_compressStream2(context.get(), &to, &from, ZSTD_e_end);
  const Error error = error_of([&] { unpack(out.substr(0, to.pos)); });
  EXPECT_THAT(error.problem(), HasSubstr("more than 128 MiB"));
}

}  // namespace
}  // namespace svi_lda

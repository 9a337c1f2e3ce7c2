#include <zstd.h>
#include <zstd_errors.h>

#include <new>
#include <utility>

#include "corpus/decoded_source.h"
#include "corpus/decompress.h"

namespace svi_lda {
namespace {

class ZstdSource final : public DecodedSource {
 public:
  ZstdSource(std::unique_ptr<ByteSource> compressed, std::string path)
      : DecodedSource(std::move(compressed), std::move(path), "zstd -t"),
        stream_(ZSTD_createDStream(), &ZSTD_freeDStream) {
    if (!stream_) throw std::bad_alloc();
    static_assert(1u << kWindowLog == kMostUnpackMemory);
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kWindowLog);
  }

 protected:
  std::size_t decode(char* out, std::size_t n) override {
    if (input_left() == 0 && !full_ && !refill()) {
      if (wanted_ != 0) throw ends_early();
      done_ = true;
      return 0;
    }
    ZSTD_inBuffer from{input(), input_left(), 0};
    ZSTD_outBuffer to{out, n, 0};
    // 0 where a frame has ended and all of it has been given out; else more is to come.
    const std::size_t result = ZSTD_decompressStream(stream_.get(), &to, &from);
    take(from.pos);
    made_ = to.pos;
    if (ZSTD_isError(result) != 0) {
      const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
      if (code == ZSTD_error_memory_allocation) throw std::bad_alloc();
      if (code == ZSTD_error_frameParameter_windowTooLarge) throw needs_memory(kMostUnpackMemory);
      throw damaged();
    }
    wanted_ = result;
    full_ = result != 0 && made_ == n;
    return made_;
  }

 private:
  static constexpr int kWindowLog = 27;

  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
  std::size_t wanted_ = 1;  // bytes that the frame still needs, about
  bool full_ = false;       // more may come without more input
};

}  // namespace

std::unique_ptr<ByteSource> unpack_zstd(std::unique_ptr<ByteSource> compressed, std::string path) {
  return std::make_unique<ZstdSource>(std::move(compressed), std::move(path));
}

}  // namespace svi_lda

#include <lzma.h>

#include <new>
#include <utility>

#include "corpus/decoded_source.h"
#include "corpus/decompress.h"

namespace svi_lda {
namespace {

class XzSource final : public DecodedSource {
 public:
  XzSource(std::unique_ptr<ByteSource> compressed, std::string path)
      : DecodedSource(std::move(compressed), std::move(path), "xz -t") {
    if (lzma_stream_decoder(&stream_, kMostUnpackMemory, LZMA_CONCATENATED) != LZMA_OK) {
      throw std::bad_alloc();
    }
  }
  ~XzSource() override { lzma_end(&stream_); }
  XzSource(const XzSource&) = delete;
  XzSource& operator=(const XzSource&) = delete;

 protected:
  std::size_t decode(char* out, std::size_t n) override {
    if (input_left() == 0 && !at_end()) refill();
    const std::size_t given = input_left();
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(input());
    stream_.avail_in = given;
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out);
    stream_.avail_out = n;
    const lzma_ret result = lzma_code(&stream_, at_end() ? LZMA_FINISH : LZMA_RUN);
    take(given - stream_.avail_in);
    made_ = n - stream_.avail_out;
    switch (result) {
      case LZMA_OK:
        break;
      case LZMA_STREAM_END:
        done_ = made_ == 0;
        ended_ = true;
        break;
      case LZMA_MEM_ERROR:
        throw std::bad_alloc();
      case LZMA_MEMLIMIT_ERROR:
        throw needs_memory(kMostUnpackMemory);
      case LZMA_BUF_ERROR:
        if (ended_) {
          done_ = true;
          break;
        }
        throw ends_early();
      default:
        throw damaged();
    }
    return made_;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ended_ = false;  // all streams, the last bytes given out
};

}  // namespace

std::unique_ptr<ByteSource> unpack_xz(std::unique_ptr<ByteSource> compressed, std::string path) {
  return std::make_unique<XzSource>(std::move(compressed), std::move(path));
}

}  // namespace svi_lda

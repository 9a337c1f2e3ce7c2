#include <bzlib.h>

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "corpus/decoded_source.h"
#include "corpus/decompress.h"

namespace svi_lda {
namespace {

class Bzip2Source final : public DecodedSource {
 public:
  Bzip2Source(std::unique_ptr<ByteSource> compressed, std::string path)
      : DecodedSource(std::move(compressed), std::move(path), "bzip2 -t") {}
  ~Bzip2Source() override { end(); }
  Bzip2Source(const Bzip2Source&) = delete;
  Bzip2Source& operator=(const Bzip2Source&) = delete;

 protected:
  std::size_t decode(char* out, std::size_t n) override {
    if (input_left() == 0 && !refill()) {
      if (inside_) throw ends_early();
      done_ = true;
      return 0;
    }
    if (!inside_) begin();
    const auto room =
        static_cast<unsigned>(std::min<std::size_t>(n, std::numeric_limits<unsigned>::max()));
    const auto given = static_cast<unsigned>(input_left());
    stream_.next_in = const_cast<char*>(input());
    stream_.avail_in = given;
    stream_.next_out = out;
    stream_.avail_out = room;
    const int result = BZ2_bzDecompress(&stream_);
    take(given - stream_.avail_in);
    made_ = room - stream_.avail_out;
    if (result == BZ_MEM_ERROR) throw std::bad_alloc();
    if (result != BZ_OK && result != BZ_STREAM_END) throw damaged();
    if (result == BZ_STREAM_END) end();
    return made_;
  }

 private:
  void begin() {
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
    inside_ = true;
  }
  void end() {
    if (inside_) BZ2_bzDecompressEnd(&stream_);
    inside_ = false;
  }

  bz_stream stream_ = {};
  bool inside_ = false;  // a stream
};

}  // namespace

std::unique_ptr<ByteSource> unpack_bzip2(std::unique_ptr<ByteSource> compressed, std::string path) {
  return std::make_unique<Bzip2Source>(std::move(compressed), std::move(path));
}

}  // namespace svi_lda

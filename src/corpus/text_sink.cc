#include "corpus/text_sink.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#include "base/file.h"

namespace svi_lda {

// Where blocks of text go.
class TextSink::Encoder {
 public:
  virtual ~Encoder() = default;
  virtual void write(std::string_view text) = 0;
  virtual void finish() = 0;
};

namespace {

class Callback final : public TextSink::Encoder {
 public:
  explicit Callback(std::function<void(std::string_view)> take) : take_(std::move(take)) {}
  void write(std::string_view text) override { take_(text); }
  void finish() override {}

 private:
  std::function<void(std::string_view)> take_;
};

class PlainFile final : public TextSink::Encoder {
 public:
  explicit PlainFile(const std::string& path) : file_(path) {}
  void write(std::string_view text) override { file_.write(text); }
  void finish() override { file_.commit(); }

 private:
  PendingFile file_;
};

class GzipFile final : public TextSink::Encoder {
 public:
  explicit GzipFile(const std::string& path) : file_(path), out_(TextSink::kBlock) {
    // 16: with gzip's header, in which zlib writes no time.
    constexpr int kWindow = 15 + 16;
    constexpr int kMemory = 8;
    if (::deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindow, kMemory,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipFile() override { ::deflateEnd(&stream_); }
  GzipFile(const GzipFile&) = delete;
  GzipFile& operator=(const GzipFile&) = delete;

  void write(std::string_view text) override { deflate(text, Z_NO_FLUSH); }
  void finish() override {
    deflate({}, Z_FINISH);
    file_.commit();
  }

 private:
  void deflate(std::string_view text, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      ::deflate(&stream_, flush);
      file_.write({out_.data(), out_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

  PendingFile file_;
  std::vector<char> out_;
  z_stream stream_ = {};
};

class ZstdFile final : public TextSink::Encoder {
 public:
  explicit ZstdFile(const std::string& path)
      : file_(path), out_(ZSTD_CStreamOutSize()), stream_(ZSTD_createCStream(), &ZSTD_freeCStream) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(stream_.get(), ZSTD_c_checksumFlag, 1);
  }

  void write(std::string_view text) override { compress(text, ZSTD_e_continue); }
  void finish() override {
    compress({}, ZSTD_e_end);
    file_.commit();
  }

 private:
  void compress(std::string_view text, ZSTD_EndDirective how) {
    ZSTD_inBuffer from{text.data(), text.size(), 0};
    for (std::size_t left = 1; left != 0 || from.pos < from.size;) {
      ZSTD_outBuffer to{out_.data(), out_.size(), 0};
      left = ZSTD_compressStream2(stream_.get(), &to, &from, how);
      if (ZSTD_isError(left) != 0) throw std::bad_alloc();
      file_.write({out_.data(), to.pos});
      if (how == ZSTD_e_continue && from.pos == from.size) return;
    }
  }

  PendingFile file_;
  std::vector<char> out_;
  std::unique_ptr<ZSTD_CStream, decltype(&ZSTD_freeCStream)> stream_;
};

std::unique_ptr<TextSink::Encoder> encoder_for(
    const std::string& path, std::function<void(std::string_view)> standard_output) {
  if (path == "-") return std::make_unique<Callback>(std::move(standard_output));
  if (path.ends_with(".gz")) return std::make_unique<GzipFile>(path);
  if (path.ends_with(".zst")) return std::make_unique<ZstdFile>(path);
  return std::make_unique<PlainFile>(path);
}

}  // namespace

TextSink::TextSink(const std::string& path, std::function<void(std::string_view)> standard_output)
    : encoder_(encoder_for(path, std::move(standard_output))) {}

TextSink::~TextSink() = default;

void TextSink::write(std::string_view text) {
  while (!text.empty()) {
    const std::size_t taken = std::min(text.size(), kBlock - block_.size());
    block_.append(text.substr(0, taken));
    text.remove_prefix(taken);
    if (block_.size() == kBlock) {
      encoder_->write(block_);
      block_.clear();
    }
  }
}

void TextSink::finish() {
  encoder_->write(block_);
  block_.clear();
  encoder_->finish();
}

}  // namespace svi_lda

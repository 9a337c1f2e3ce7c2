#include "corpus/decoded_source.h"

#include <utility>

namespace svi_lda {

DecodedSource::DecodedSource(std::unique_ptr<ByteSource> compressed, std::string path,
                             const char* test)
    : compressed_(std::move(compressed)),
      path_(std::move(path)),
      test_(test),
      block_(kInputBlock) {}

std::size_t DecodedSource::read(char* out, std::size_t n) {
  for (;;) {
    if (failure_) std::rethrow_exception(failure_);
    if (done_) return 0;
    made_ = 0;
    std::size_t got = 0;
    try {
      got = decode(out, n);
    } catch (const Error&) {
      failure_ = std::current_exception();
      got = made_;
    }
    if (got != 0) return got;
  }
}

bool DecodedSource::refill() {
  filled_ = used_ = 0;
  std::size_t got = 0;
  do {
    got = compressed_->read(block_.data() + filled_, block_.size() - filled_);
    filled_ += got;
  } while (got != 0 && filled_ < block_.size());
  at_end_ = got == 0;
  return filled_ != 0;
}

Error DecodedSource::damaged() const {
  return Error(ErrorKind::kInput, display_name(path_), 0, "compressed data are damaged",
               std::string("check the file with '") + test_ + "', then copy or compress it again");
}

Error DecodedSource::ends_early() const {
  return Error(ErrorKind::kInput, display_name(path_), 0, "compressed data end early",
               "the file was cut off: copy or compress it again");
}

Error DecodedSource::needs_memory(std::uint64_t most) const {
  return Error(ErrorKind::kInput, display_name(path_), 0,
               "unpacking it takes more than " + std::to_string(most >> 20) + " MiB of memory",
               "compress it with a smaller window (without --long or --ultra)");
}

}  // namespace svi_lda

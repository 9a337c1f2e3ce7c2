#include "corpus/gunzip.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

class GunzipSource final : public ByteSource {
 public:
  GunzipSource(std::unique_ptr<ByteSource> compressed, std::string path)
      : compressed_(std::move(compressed)), path_(std::move(path)), input_(kInputBlock) {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
    state_.next_in = input_.data();
    state_.avail_in = 0;
  }

  std::size_t read(char* out, std::size_t n) override {
    const auto wanted = static_cast<std::uint32_t>(std::min(n, kLargestRead));
    for (;;) {
      if (failure_) std::rethrow_exception(failure_);
      if (done_) return 0;
      state_.next_out = reinterpret_cast<std::uint8_t*>(out);
      state_.avail_out = wanted;
      try {
        inflate();
      } catch (const Error&) {
        failure_ = std::current_exception();
      }
      const std::size_t got = wanted - state_.avail_out;
      if (got != 0) return got;
    }
  }

 private:
  static constexpr std::size_t kInputBlock = 64 * 1024;
  static constexpr std::size_t kLargestRead = std::size_t{1} << 30;

  // One call of the library with some input, or the step from one member to the next.
  void inflate() {
    if (state_.avail_in == 0 && !refill() && state_.block_state == ISAL_BLOCK_NEW_HDR &&
        members_ > 0 && !inside_) {
      done_ = true;
      return;
    }
    if (!inside_) begin_member();
    const std::uint32_t in_before = state_.avail_in;
    const std::uint32_t out_before = state_.avail_out;
    if (isal_inflate(&state_) < 0) throw damaged();
    if (state_.block_state == ISAL_BLOCK_FINISH) {
      isal_inflate_reset(&state_);
      inside_ = false;
      return;
    }
    const bool idle = state_.avail_in == in_before && state_.avail_out == out_before;
    if (idle && state_.avail_in == 0 && at_end_) throw ends_early();
  }

  // Checks the magic of a member, so that a cut between members and foreign bytes are told apart.
  void begin_member() {
    if (state_.avail_in < 2) {
      std::move(state_.next_in, state_.next_in + state_.avail_in, input_.data());
      state_.next_in = input_.data();
      refill_behind();
      if (state_.avail_in < 2 && state_.next_in[0] == 0x1f) throw ends_early();
    }
    if (state_.avail_in < 2 || state_.next_in[0] != 0x1f || state_.next_in[1] != 0x8b) {
      throw Error(ErrorKind::kInput, display_name(path_), 0,
                  "compressed data are damaged: other bytes follow their end",
                  "check the file with 'gzip -t', then copy or compress it again");
    }
    inside_ = true;
    ++members_;
  }

  // Reads a new block of input; false at the end of the file.
  bool refill() {
    state_.next_in = input_.data();
    return refill_behind();
  }
  // Fills the block behind what is left of it, to its end: where the library finds damage depends
  // on how its input is cut, and must not depend on how the source happens to deliver it.
  bool refill_behind() {
    std::size_t got = 0;
    do {
      char* end = reinterpret_cast<char*>(state_.next_in) + state_.avail_in;
      got = compressed_->read(end, kInputBlock - state_.avail_in);
      state_.avail_in += static_cast<std::uint32_t>(got);
    } while (got != 0 && state_.avail_in < kInputBlock);
    at_end_ = got == 0;
    return state_.avail_in != 0;
  }

  Error ends_early() const {
    return Error(ErrorKind::kInput, display_name(path_), 0, "compressed data end early",
                 "the file was cut off: copy or compress it again");
  }
  Error damaged() const {
    return Error(ErrorKind::kInput, display_name(path_), 0, "compressed data are damaged",
                 "check the file with 'gzip -t', then copy or compress it again");
  }

  std::unique_ptr<ByteSource> compressed_;
  std::string path_;
  std::vector<std::uint8_t> input_;
  inflate_state state_ = {};
  bool inside_ = false;  // a member
  bool at_end_ = false;  // of the compressed bytes
  std::uint64_t members_ = 0;
  std::exception_ptr failure_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> compressed, std::string path) {
  return std::make_unique<GunzipSource>(std::move(compressed), std::move(path));
}

}  // namespace svi_lda

#include "corpus/read_ahead.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace svi_lda {
namespace {

class ReadAhead final : public ByteSource {
 public:
  explicit ReadAhead(std::unique_ptr<ByteSource> source)
      : source_(std::move(source)), reader_([this](std::stop_token stop) { fill(stop); }) {}

  std::size_t read(char* out, std::size_t n) override {
    Block& block = blocks_[taken_ % kBlocks];
    if (used_ == 0) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return filled_ > taken_ || ended_; });
      if (filled_ == taken_) {
        if (failure_) std::rethrow_exception(failure_);
        return 0;
      }
    }
    const std::size_t got = std::min(n, block.size - used_);
    std::copy_n(block.bytes.data() + used_, got, out);
    used_ += got;
    if (used_ == block.size) {
      used_ = 0;
      const std::lock_guard lock(mutex_);
      ++taken_;
      changed_.notify_all();
    }
    return got;
  }

 private:
  static constexpr std::size_t kBlocks = 4;
  static constexpr std::size_t kBlockSize = std::size_t{1} << 19;

  struct Block {
    std::vector<char> bytes = std::vector<char>(kBlockSize);
    std::size_t size = 0;
  };

  void fill(const std::stop_token& stop) {
    std::exception_ptr failure;
    try {
      while (!stop.stop_requested()) {
        {
          std::unique_lock lock(mutex_);
          if (!changed_.wait(lock, stop, [&] { return filled_ < taken_ + kBlocks; })) break;
        }
        // The reader does not touch a block before filled_ says that it is its own.
        Block& block = blocks_[filled_ % kBlocks];
        block.size = 0;
        while (block.size < kBlockSize) {
          const std::size_t got =
              source_->read(block.bytes.data() + block.size, kBlockSize - block.size);
          if (got == 0) break;
          block.size += got;
        }
        if (block.size == 0) break;
        const std::lock_guard lock(mutex_);
        ++filled_;
        changed_.notify_all();
      }
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    // Bytes that came before a failure are in a block that was not handed over yet.
    if (failure && blocks_[filled_ % kBlocks].size > 0 && filled_ < taken_ + kBlocks) ++filled_;
    failure_ = failure;
    ended_ = true;
    changed_.notify_all();
  }

  std::unique_ptr<ByteSource> source_;
  std::array<Block, kBlocks> blocks_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::size_t filled_ = 0;  // blocks filled since the beginning
  std::size_t taken_ = 0;   // and used up
  std::size_t used_ = 0;    // bytes used of the block in use; the reader's own
  bool ended_ = false;
  std::exception_ptr failure_;
  std::jthread reader_;  // last: it starts when all the rest is there
};

}  // namespace

std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source) {
  return std::make_unique<ReadAhead>(std::move(source));
}

}  // namespace svi_lda

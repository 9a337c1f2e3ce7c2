#include "minibatch/cache_passes.h"

namespace svi_lda {
namespace {

// Documents read from the map between two releases: with random access each may bring in 64 KiB
// (the kernel maps the neighbours of a page too), so this bounds the resident part at 16 MiB.
constexpr std::uint64_t kReleaseEvery = 256;

}  // namespace

// A release takes pages from under the other streams too: they are read from the page cache again.
class CachePasses::Stream : public DocumentStream {
 public:
  Stream(CachePasses& passes, std::uint64_t pass, std::uint64_t place)
      : passes_(passes), order_(passes.order_(pass)), place_(place) {}

  bool next(Document& document, std::uint64_t& number) override {
    const CacheReader& cache = passes_.cache_;
    if (place_ >= cache.summary().docs) return false;
    const std::uint64_t index = order_(place_++);
    cache.read(index, document);
    number = index + 1;
    if ((passes_.read_.fetch_add(1, std::memory_order_relaxed) + 1) % kReleaseEvery == 0) {
      cache.release_pages();
    }
    return true;
  }

 private:
  CachePasses& passes_;
  DocumentOrder order_;
  std::uint64_t place_;
};

std::unique_ptr<DocumentStream> CachePasses::open_pass(std::uint64_t pass, std::uint64_t skip) {
  return std::make_unique<Stream>(*this, pass, skip);
}

}  // namespace svi_lda

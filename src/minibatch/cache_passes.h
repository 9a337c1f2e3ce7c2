#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "corpus/cache.h"
#include "minibatch/document_order.h"
#include "minibatch/document_stream.h"

namespace svi_lda {

// Passes over a cache, each in an order of its own, by place. Whatever number of streams read, the
// pages that they have read together are released now and then, so that the resident set does not
// grow with the corpus.
class CachePasses : public PassSource {
 public:
  using Order = std::function<DocumentOrder(std::uint64_t pass)>;
  // `cache` must outlive this, and this its streams; `order` is called on any thread.
  CachePasses(const CacheReader& cache, Order order) : cache_(cache), order_(std::move(order)) {}

  std::unique_ptr<DocumentStream> open_pass(std::uint64_t pass, std::uint64_t skip) override;
  std::optional<std::uint64_t> docs_by_place(std::uint64_t) const override {
    return cache_.summary().docs;
  }

 private:
  class Stream;

  const CacheReader& cache_;
  Order order_;
  std::atomic<std::uint64_t> read_{0};  // documents, by all streams
};

}  // namespace svi_lda

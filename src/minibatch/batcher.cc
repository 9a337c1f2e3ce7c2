#include "minibatch/batcher.h"

#include <utility>

namespace svi_lda {
namespace {

// Documents read from the map between two releases: with random access each may bring in 64 KiB
// (the kernel maps the neighbours of a page too), so this bounds the resident part at 16 MiB.
constexpr std::uint64_t kReleaseEvery = 256;

}  // namespace

CachePass::CachePass(const CacheReader& cache, DocumentOrder order, std::uint64_t place)
    : cache_(cache), order_(order), place_(place) {}

bool CachePass::next(Document& document, std::uint64_t& number) {
  if (place_ >= cache_.summary().docs) return false;
  const std::uint64_t index = order_(place_++);
  cache_.read(index, document);
  number = index + 1;
  if (++read_since_release_ == kReleaseEvery) {
    read_since_release_ = 0;
    cache_.release_pages();
  }
  return true;
}

Batcher::Batcher(OpenPass open_pass, std::uint32_t vocab_size, std::uint64_t batch_size,
                 std::uint64_t passes, std::uint64_t pass, std::uint64_t docs)
    : open_pass_(std::move(open_pass)),
      builder_(vocab_size),
      batch_size_(batch_size),
      passes_(passes),
      pass_(pass),
      docs_(docs),
      read_pass_(pass),
      read_docs_(docs) {}

bool Batcher::next(Minibatch& batch) {
  if (state_ == Ahead::kNothing) read_ahead();
  if (state_ == Ahead::kFailure) std::rethrow_exception(failure_);
  if (state_ == Ahead::kEnd) return false;
  std::swap(batch, next_batch_);
  state_ = Ahead::kNothing;
  pass_ = read_pass_;
  docs_ = read_docs_;
  return true;
}

void Batcher::read_ahead() noexcept {
  if (state_ != Ahead::kNothing) return;
  try {
    state_ = build(next_batch_) ? Ahead::kMinibatch : Ahead::kEnd;
  } catch (...) {
    failure_ = std::current_exception();
    state_ = Ahead::kFailure;
  }
}

bool Batcher::build(Minibatch& batch) {
  while (read_pass_ < passes_) {
    if (!stream_) {
      stream_ = open_pass_(read_pass_, read_docs_);
      has_ahead_ = stream_->next(ahead_, ahead_number_);
    }
    while (has_ahead_ && builder_.num_docs() < batch_size_) {
      builder_.add(ahead_.view(), ahead_number_);
      ++read_docs_;
      has_ahead_ = stream_->next(ahead_, ahead_number_);
    }
    if (!has_ahead_) {
      stream_.reset();
      ++read_pass_;
      read_docs_ = 0;
    }
    if (builder_.num_docs() > 0) {
      builder_.build(batch);
      return true;
    }
  }
  return false;
}

}  // namespace svi_lda

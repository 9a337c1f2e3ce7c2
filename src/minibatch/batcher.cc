#include "minibatch/batcher.h"

#include <algorithm>
#include <utility>

namespace svi_lda {

Batcher::Batcher(PassSource& source, std::uint32_t vocab_size, std::uint64_t batch_size,
                 std::uint64_t passes, std::uint64_t pass, std::uint64_t docs, std::size_t depth)
    : source_(source),
      batch_size_(batch_size),
      passes_(passes),
      handed_out_{pass, docs},
      begun_{pass, docs} {
  for (std::size_t i = 0; i < depth; ++i) {
    ring_.push_back(std::make_unique<MinibatchAhead>(vocab_size));
  }
  begin_ahead();
}

bool Batcher::next(Minibatch& batch) {
  while (num_ahead_ > 0) {
    MinibatchAhead& first = ahead(0);
    first.work(1);
    std::swap(batch, first.result());
    const PassPosition after = first.end();
    if (first.from_stream()) {
      begun_ = after;
      known_ = true;
    }
    first_ = (first_ + 1) % ring_.size();
    --num_ahead_;
    begin_ahead();
    if (batch.num_docs() > 0) {
      handed_out_ = after;
      return true;
    }
  }
  return false;
}

void Batcher::begin_ahead() {
  while (num_ahead_ < ring_.size() && known_ && begun_.pass < passes_) {
    MinibatchAhead& one = ahead(num_ahead_);
    const std::optional<std::uint64_t> docs =
        stream_ ? std::nullopt : source_.docs_by_place(begun_.pass);
    if (!docs) {
      one.begin_in_stream(source_, begun_, batch_size_, stream_);
      known_ = false;
    } else {
      const std::uint64_t left = *docs - std::min(*docs, begun_.docs);
      const PassPosition after = left <= batch_size_
                                     ? PassPosition{begun_.pass + 1, 0}
                                     : PassPosition{begun_.pass, begun_.docs + batch_size_};
      one.begin_by_place(source_, begun_, after, std::min(left, batch_size_));
      begun_ = after;
    }
    ++num_ahead_;
  }
}

}  // namespace svi_lda

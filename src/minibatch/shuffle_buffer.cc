#include "minibatch/shuffle_buffer.h"

#include <algorithm>
#include <utility>

#include "base/random.h"

namespace svi_lda {

bool ShuffleBuffer::read(Kept& kept) {
  std::uint64_t number = 0;
  if (at_end_ || !stream_->next(document_, number)) {
    at_end_ = true;
    return false;
  }
  const std::size_t entries = document_.words.size();
  kept.numbers = std::make_unique_for_overwrite<std::uint32_t[]>(2 * entries);
  std::copy(document_.words.begin(), document_.words.end(), kept.numbers.get());
  std::copy(document_.counts.begin(), document_.counts.end(), kept.numbers.get() + entries);
  kept.entries = static_cast<std::uint32_t>(entries);
  kept.number = number;
  return true;
}

bool ShuffleBuffer::next(Document& document, std::uint64_t& number) {
  if (capacity_ <= 1) return stream_->next(document, number);
  while (kept_.size() < capacity_ && !at_end_) {
    Kept kept;
    if (read(kept)) kept_.push_back(std::move(kept));
  }
  if (kept_.empty()) return false;
  RandomStream random(seed_, RandomPurpose::kShuffleBuffer, handed_out_++);
  Kept& drawn = kept_[random.below(kept_.size())];
  const std::uint32_t* const words = drawn.numbers.get();
  const std::uint32_t* const counts = words + drawn.entries;
  document.words.assign(words, counts);
  document.counts.assign(counts, counts + drawn.entries);
  number = drawn.number;
  std::swap(drawn, kept_.back());
  kept_.pop_back();
  return true;
}

}  // namespace svi_lda

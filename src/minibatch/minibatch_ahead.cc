#include "minibatch/minibatch_ahead.h"

#include <algorithm>
#include <utility>

namespace svi_lda {
namespace {

// Work that a document is: of the time of a minibatch from a cache, reading takes about half or a
// little more.
constexpr std::size_t kReading = 2;
constexpr std::size_t kBuilding = 2;  // MinibatchBuilder::build_part goes over it twice

}  // namespace

LookingAhead::LookingAhead(std::unique_ptr<DocumentStream> stream)
    : stream_(std::move(stream)), has_ahead_(stream_->next(ahead_, ahead_number_)) {}

bool LookingAhead::next(Document& document, std::uint64_t& number) {
  if (!has_ahead_) return false;
  std::swap(document, ahead_);
  number = ahead_number_;
  has_ahead_ = stream_->next(ahead_, ahead_number_);
  return true;
}

void MinibatchAhead::begin(PassSource& source, PassPosition begin, std::size_t docs) {
  builder_.clear();
  source_ = &source;
  begin_ = begin;
  docs_ = docs;
  done_ = 0;
  read_ = complete_ = false;
  failure_ = nullptr;
}

void MinibatchAhead::begin_by_place(PassSource& source, PassPosition begin_at, PassPosition end,
                                    std::size_t docs) {
  begin(source, begin_at, docs);
  end_ = end;
  shared_ = nullptr;
}

void MinibatchAhead::begin_in_stream(PassSource& source, PassPosition begin_at, std::size_t docs,
                                     std::unique_ptr<LookingAhead>& stream) {
  begin(source, begin_at, docs);
  shared_ = &stream;
}

void MinibatchAhead::work(std::size_t parts) noexcept {
  if (failure_) return;
  try {
    const std::size_t left = (kReading + kBuilding) * docs_ - done_;
    const std::size_t goal = done_ + (left + parts - 1) / parts;
    while (!complete_ && (parts == 1 || done_ < goal)) {
      if (!read_) {
        read_document();
      } else {
        const std::size_t now = parts == 1 ? std::max<std::size_t>(1, docs_) : goal - done_;
        complete_ = builder_.build_part(batch_, now);
        done_ += now;
      }
    }
  } catch (...) {
    failure_ = std::current_exception();
  }
}

void MinibatchAhead::read_document() {
  if (!own_ && !shared_) own_ = source_->open_pass(begin_.pass, begin_.docs);
  if (shared_ && !*shared_) {
    *shared_ = std::make_unique<LookingAhead>(source_->open_pass(begin_.pass, begin_.docs));
  }
  DocumentStream& stream = shared_ ? **shared_ : *own_;
  std::uint64_t number = 0;
  if (builder_.num_docs() < docs_ && stream.next(document_, number)) {
    builder_.add(document_.view(), number);
    done_ += kReading;
    return;
  }
  read_ = true;
  own_.reset();
  if (shared_) {
    const bool at_end = (*shared_)->at_end();
    end_ = at_end ? PassPosition{begin_.pass + 1, 0}
                  : PassPosition{begin_.pass, begin_.docs + builder_.num_docs()};
    if (at_end) shared_->reset();
  }
}

Minibatch& MinibatchAhead::result() {
  if (failure_) std::rethrow_exception(failure_);
  return batch_;
}

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "minibatch/document_stream.h"
#include "minibatch/minibatch.h"
#include "minibatch/minibatch_ahead.h"

namespace svi_lda {

// Minibatches to have in work ahead, so that building them keeps up with `threads` threads that use
// them: as long as building one takes at most a quarter of the thread time of its local step (the
// benchmarks find a seventh), no thread is longer at its part of it than the others at the
// documents.
constexpr std::size_t minibatches_ahead(int threads) {
  return (static_cast<std::size_t>(threads) + 3) / 4;
}

// Cuts passes into minibatches of batch_size documents. A minibatch never reaches over the end of a
// pass: the last one of a pass is smaller and counts as what it is.
//
// Up to `depth` minibatches are in work ahead of the one handed out last; each takes 24 bytes an
// entry, 8 a distinct word, and 1.5 bits a word of V. Where documents can only be read from front
// to back, one is. Which minibatches there are, and what is in them, does not depend on that.
class Batcher {
 public:
  // Goes on after `docs` documents of pass `pass`, until `passes` passes are complete. `source`
  // must outlive this. depth >= 1.
  Batcher(PassSource& source, std::uint32_t vocab_size, std::uint64_t batch_size,
          std::uint64_t passes, std::uint64_t pass, std::uint64_t docs, std::size_t depth = 1);

  // Hands out the next minibatch; false where all passes are complete. Fails: as the stream, when
  // all minibatches before the one that failed have been handed out.
  bool next(Minibatch& batch);

  // Minibatches in work, to be worked on until next() is called again.
  std::size_t num_ahead() const { return num_ahead_; }
  // Works on minibatch i < num_ahead() of those, 0 the one that next() will hand out: does so much
  // of it that it is complete, with equal parts, when next() has been called i times. Once between
  // two calls of next(), on any thread, all i at the same time. A failure is kept for next() to
  // throw, so that the work that goes on beside it is not lost.
  void read_ahead(std::size_t i) noexcept { ahead(i).work(i + 1); }

  // Position after the minibatch handed out last: complete passes, documents of the current one.
  std::uint64_t pass() const { return handed_out_.pass; }
  std::uint64_t docs() const { return handed_out_.docs; }

 private:
  MinibatchAhead& ahead(std::size_t i) { return *ring_[(first_ + i) % ring_.size()]; }
  // Begins minibatches until there are `depth` or the next position is not known.
  void begin_ahead();

  PassSource& source_;
  std::uint64_t batch_size_;
  std::uint64_t passes_;
  PassPosition handed_out_;
  PassPosition begun_;  // after the last minibatch begun, where known_
  bool known_ = true;
  std::unique_ptr<LookingAhead> stream_;
  std::vector<std::unique_ptr<MinibatchAhead>> ring_;
  std::size_t first_ = 0;
  std::size_t num_ahead_ = 0;
};

}  // namespace svi_lda

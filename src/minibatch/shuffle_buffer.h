#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "minibatch/document_stream.h"

namespace svi_lda {

// Documents of a stream that has no end, in an order that is random within a window: `capacity` of
// them are kept; each time the one to hand out is drawn from those, and the next one of the stream
// takes its place. At the end of the stream the rest follow in random order. A document is kept for
// `capacity` others on average, geometrically distributed, and comes at most capacity - 1 places
// before its own; where the stream is no longer than the buffer, all orders are equally likely.
//
// The order is a function of (seed, capacity) and of how many documents there are: reading the same
// stream again, and leaving out what was handed out before, goes on with the same documents.
// Memory: 8 bytes an entry and about 60 a document.
class ShuffleBuffer : public DocumentStream {
 public:
  // capacity 0 or 1: the order of `stream`.
  ShuffleBuffer(std::unique_ptr<DocumentStream> stream, std::uint64_t capacity, std::uint64_t seed)
      : stream_(std::move(stream)), capacity_(capacity), seed_(seed) {}

  // Fills the buffer first. Fails: as the stream.
  bool next(Document& document, std::uint64_t& number) override;

 private:
  // Exactly as large as what is in it: a buffer that documents of all lengths pass through must not
  // come to hold the room of the longest in each place.
  struct Kept {
    std::unique_ptr<std::uint32_t[]> numbers;  // words, then counts
    std::uint32_t entries = 0;
    std::uint64_t number = 0;
  };
  bool read(Kept& kept);

  std::unique_ptr<DocumentStream> stream_;
  std::uint64_t capacity_;
  std::uint64_t seed_;
  std::uint64_t handed_out_ = 0;
  bool at_end_ = false;
  std::vector<Kept> kept_;
  Document document_;
};

}  // namespace svi_lda

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/quantities.h"
#include "svi_lda/train.h"

namespace svi_lda {

// Whether the run is a stream: standard input alone, its size said, no passes asked for. Each
// document is then seen once and nothing of it is kept, so that neither memory nor disk grow with
// the stream. What a stream prints and writes speaks of documents, not of passes.
bool is_stream(const TrainOptions& options);

// "auto", or documents as a whole number; 0 = none. Nothing for others.
struct ShuffleBufferSize {
  bool automatic = false;
  std::uint64_t docs = 0;
};
std::optional<ShuffleBufferSize> parse_shuffle_buffer(const std::string& text);

// Replaces `auto` by what suits a first pass over documents as they come, 0 where there is none.
void resolve_shuffle_buffer(TrainOptions& options);

// --report-every; what is each pass elsewhere is each twentieth of D in a stream, and at least a
// minibatch.
Interval report_interval(const TrainOptions& options);

// Warns of a stream of `docs` documents that is more than a fifth off what was said of it
// (--corpus-size), as the scale of lambda rests on that.
void warn_of_size(const TrainOptions& options, std::uint64_t docs);

// Documents of the buffer, once it is resolved.
std::uint64_t shuffle_buffer_docs(const TrainOptions& options);

}  // namespace svi_lda

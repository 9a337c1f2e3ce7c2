#pragma once

#include <memory>

#include "corpus/byte_source.h"

namespace svi_lda {

// The same bytes, read on a thread of its own up to a few blocks ahead of who asks for them: so
// that decompressing and parsing go on at a time. A failure of the source is delivered in its
// place, after the bytes before it. Destroying it stops the thread, after the read that is under
// way.
std::unique_ptr<ByteSource> read_ahead(std::unique_ptr<ByteSource> source);

}  // namespace svi_lda

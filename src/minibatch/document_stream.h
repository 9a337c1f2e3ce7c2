#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "corpus/document.h"

namespace svi_lda {

// The non-empty documents of one pass, one after the other.
class DocumentStream {
 public:
  virtual ~DocumentStream() = default;
  // False at the end of the pass. `number` is the document's 1-based place in the corpus.
  virtual bool next(Document& document, std::uint64_t& number) = 0;
};

// The passes over a corpus.
class PassSource {
 public:
  virtual ~PassSource() = default;
  // Opens pass number `pass` (0-based) so that `skip` documents of it are left out.
  // Fails: as the corpus does.
  virtual std::unique_ptr<DocumentStream> open_pass(std::uint64_t pass, std::uint64_t skip) = 0;
  // The documents of that pass, where streams of it may be opened at any place, on any thread, and
  // many be read at a time, each by one thread. Nothing where its documents come from front to
  // back, from one stream.
  virtual std::optional<std::uint64_t> docs_by_place(std::uint64_t pass) const = 0;
};

}  // namespace svi_lda

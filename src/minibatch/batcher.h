#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "corpus/cache.h"
#include "corpus/document.h"
#include "minibatch/document_order.h"
#include "minibatch/minibatch.h"

namespace svi_lda {

// The non-empty documents of one pass, one after the other.
class DocumentStream {
 public:
  virtual ~DocumentStream() = default;
  // False at the end of the pass. `number` is the document's 1-based place in the corpus.
  virtual bool next(Document& document, std::uint64_t& number) = 0;
};

// A pass over a cache, in any order, from `place` on. Releases the pages that it has read, so that
// the resident set does not grow with the corpus.
class CachePass : public DocumentStream {
 public:
  CachePass(const CacheReader& cache, DocumentOrder order, std::uint64_t place);
  bool next(Document& document, std::uint64_t& number) override;

 private:
  const CacheReader& cache_;
  DocumentOrder order_;
  std::uint64_t place_;
  std::uint64_t read_since_release_ = 0;
};

// Cuts passes into minibatches of batch_size documents. A minibatch never reaches over the end of a
// pass: the last one of a pass is smaller and counts as what it is.
class Batcher {
 public:
  // Opens pass number `pass` (0-based) so that `skip` documents of it are left out.
  using OpenPass =
      std::function<std::unique_ptr<DocumentStream>(std::uint64_t pass, std::uint64_t skip)>;

  // Goes on after `docs` documents of pass `pass`, until `passes` passes are complete.
  Batcher(OpenPass open_pass, std::uint32_t vocab_size, std::uint64_t batch_size,
          std::uint64_t passes, std::uint64_t pass, std::uint64_t docs);

  // Hands out the next minibatch; false where all passes are complete. Fails: as the stream.
  bool next(Minibatch& batch);

  // Builds the minibatch that next() will hand out, while the one handed out last is worked on: may
  // run on any thread, between two calls of next(). A failure is kept for next() to throw, so that
  // the work that goes on beside it is not lost.
  void read_ahead() noexcept;

  // Position after the minibatch handed out last: complete passes, documents of the current one.
  std::uint64_t pass() const { return pass_; }
  std::uint64_t docs() const { return docs_; }

 private:
  // Builds a minibatch into `batch` and moves the position of reading; false at the end.
  bool build(Minibatch& batch);

  OpenPass open_pass_;
  MinibatchBuilder builder_;
  std::uint64_t batch_size_;
  std::uint64_t passes_;
  std::uint64_t pass_;  // position after what was handed out
  std::uint64_t docs_;
  std::uint64_t read_pass_;  // and after what was read
  std::uint64_t read_docs_;
  enum class Ahead { kNothing, kMinibatch, kEnd, kFailure } state_ = Ahead::kNothing;
  Minibatch next_batch_;
  std::exception_ptr failure_;
  std::unique_ptr<DocumentStream> stream_;
  // One document of look-ahead, so that the end of a pass is known with its last minibatch.
  Document ahead_;
  std::uint64_t ahead_number_ = 0;
  bool has_ahead_ = false;
};

}  // namespace svi_lda

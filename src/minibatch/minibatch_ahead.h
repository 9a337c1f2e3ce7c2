#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>

#include "minibatch/document_stream.h"
#include "minibatch/minibatch.h"

namespace svi_lda {

// Where reading stands between two documents.
struct PassPosition {
  std::uint64_t pass = 0;  // complete passes
  std::uint64_t docs = 0;  // documents of the current one
};

// A stream that knows its end with its last document.
class LookingAhead : public DocumentStream {
 public:
  explicit LookingAhead(std::unique_ptr<DocumentStream> stream);
  bool next(Document& document, std::uint64_t& number) override;
  bool at_end() const { return !has_ahead_; }

 private:
  std::unique_ptr<DocumentStream> stream_;
  Document ahead_;
  std::uint64_t ahead_number_ = 0;
  bool has_ahead_;
};

// One minibatch on its way, done in parts by whichever threads have time, one at a time.
class MinibatchAhead {
 public:
  explicit MinibatchAhead(std::uint32_t vocab_size) : builder_(vocab_size) {}

  // Begins one of `docs` documents after `begin`, from a stream of its own.
  void begin_by_place(PassSource& source, PassPosition begin, PassPosition end, std::size_t docs);
  // Begins one of at most `docs` documents after `begin`, from the stream in `stream` that several
  // minibatches read one after the other: opened where there is none, gone at the end of the pass.
  void begin_in_stream(PassSource& source, PassPosition begin, std::size_t docs,
                       std::unique_ptr<LookingAhead>& stream);

  // Does one `parts`-th of what is left to do, parts >= 1: all where that is 1. Keeps a failure.
  void work(std::size_t parts) noexcept;

  // The minibatch, once nothing is left to do; it may be taken away by swapping. Without documents
  // where the stream had none left. Fails: as reading failed.
  Minibatch& result();
  bool from_stream() const { return shared_ != nullptr; }
  // Position after it; of a minibatch from a stream, known when nothing is left to do.
  PassPosition end() const { return end_; }

 private:
  void begin(PassSource& source, PassPosition begin, std::size_t docs);
  void read_document();

  MinibatchBuilder builder_;
  Minibatch batch_;
  PassSource* source_ = nullptr;
  PassPosition begin_;
  PassPosition end_;
  std::size_t docs_ = 0;
  std::unique_ptr<DocumentStream> own_;
  std::unique_ptr<LookingAhead>* shared_ = nullptr;  // null: by place
  Document document_;
  std::size_t done_ = 0;
  bool read_ = false;  // all documents
  bool complete_ = false;
  std::exception_ptr failure_;
};

}  // namespace svi_lda

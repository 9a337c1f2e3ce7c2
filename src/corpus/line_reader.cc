#include "corpus/line_reader.h"

#include <utility>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// Large enough that a call to read() costs nothing, small enough to stay in the cache.
constexpr std::size_t kBlock = std::size_t{256} * 1024;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> source, std::string path, std::size_t max_length)
    : source_(std::move(source)),
      path_(std::move(path)),
      max_length_(max_length),
      buffer_(kBlock),
      begin_(buffer_.data()),
      end_(begin_),
      checked_(begin_),
      last_(begin_) {}

void LineReader::fail(std::string problem, std::string hint) const {
  fail_at(line_, std::move(problem), std::move(hint));
}

void LineReader::fail_at(std::uint64_t line, std::string problem, std::string hint) const {
  constexpr std::uint64_t kFirstLines = 3;
  if (!guess_.empty() && line <= kFirstLines) {
    hint.append(" (taken for ").append(guess_).append("; --corpus-format names another)");
  }
  throw Error(ErrorKind::kInput, display_name(path_), line, std::move(problem), std::move(hint));
}

bool LineReader::next_slow(std::string_view& line) {
  for (std::size_t searched = 0;;) {
    const auto* end = static_cast<const char*>(
        std::memchr(begin_ + searched, '\n', static_cast<std::size_t>(end_ - begin_) - searched));
    const char* const stop = end == nullptr ? end_ : end;
    if (stop > checked_) {
      fail_at(line_ + 1, "a NUL byte: this is a binary file", binary_hint_);
    }
    searched = static_cast<std::size_t>(stop - begin_);
    if (searched > max_length_) {
      fail_at(line_ + 1, "the line is longer than " + std::to_string(max_length_) + " bytes",
              "check that this is the right file");
    }
    if (end != nullptr) {
      take(end, end + 1, line);
      return true;
    }
    if (!fill()) break;
  }
  if (begin_ == end_) return false;
  take(end_, end_, line);
  return true;
}

// Reads one more block behind what is there; false at the end of the source.
bool LineReader::fill() {
  if (at_end_) return false;
  const auto held = static_cast<std::size_t>(end_ - begin_);
  // What is still to be delivered goes to the front; room for a block behind it.
  if (begin_ != buffer_.data()) std::memmove(buffer_.data(), begin_, held);
  if (buffer_.size() < held + kBlock / 2) buffer_.resize(2 * buffer_.size());
  char* const free = buffer_.data() + held;
  begin_ = last_ = buffer_.data();
  end_ = checked_ = free;

  std::size_t got = 0;
  try {
    // A pipe gives little at a time.
    got = source_->read(free, buffer_.size() - held);
    while (line_ == 0 && held + got < kByteOrderMark.size() && got != 0) {
      const std::size_t more = source_->read(free + got, buffer_.size() - held - got);
      if (more == 0) break;
      got += more;
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInput || error.line() != 0) throw;
    throw Error(error.kind(), error.path(), line_ + 1, error.problem(), error.hint());
  }
  at_end_ = got == 0;
  end_ = free + got;
  const void* nul = std::memchr(free, 0, got);
  checked_ = nul == nullptr ? end_ : static_cast<const char*>(nul);
  if (line_ == 0 && held == 0 && std::string_view(begin_, got).starts_with(kByteOrderMark)) {
    begin_ += kByteOrderMark.size();
    last_ = begin_;
  }
  return got != 0;
}

}  // namespace svi_lda

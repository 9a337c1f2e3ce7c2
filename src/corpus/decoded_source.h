#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "corpus/byte_source.h"
#include "svi_lda/error.h"

namespace svi_lda {

// What decompressors of streams have in common: blocks of input that are filled to their end, so
// that where damage is found does not depend on how the source delivers its bytes, and failures
// that wait until what was made before them has been delivered.
class DecodedSource : public ByteSource {
 public:
  std::size_t read(char* out, std::size_t n) final;

 protected:
  // `test` is the command that checks such a file, for hints: "bzip2 -t".
  DecodedSource(std::unique_ptr<ByteSource> compressed, std::string path, const char* test);

  // Makes at most n bytes of the input at hand and takes what it has used; returns how many, and
  // may return 0 on its way. Sets done_ at the end. What it throws is delivered after `made_`
  // bytes, which it then must have set.
  virtual std::size_t decode(char* out, std::size_t n) = 0;

  // The input at hand. refill() replaces it, once it is used up; false at the end of the file.
  bool refill();
  const char* input() const { return block_.data() + used_; }
  std::size_t input_left() const { return filled_ - used_; }
  void take(std::size_t n) { used_ += n; }
  bool at_end() const { return at_end_; }

  Error damaged() const;
  Error ends_early() const;
  Error needs_memory(std::uint64_t most) const;

  bool done_ = false;
  std::size_t made_ = 0;

 private:
  static constexpr std::size_t kInputBlock = std::size_t{64} * 1024;

  std::unique_ptr<ByteSource> compressed_;
  std::string path_;
  const char* test_;
  std::vector<char> block_;
  std::size_t filled_ = 0;
  std::size_t used_ = 0;
  bool at_end_ = false;
  std::exception_ptr failure_;
};

}  // namespace svi_lda

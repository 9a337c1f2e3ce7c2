#include "corpus/read_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// `size` bytes that depend on their place, in pieces of uneven length, then a failure if wanted.
class Counted : public ByteSource {
 public:
  Counted(std::size_t size, bool fails) : size_(size), fails_(fails) {}
  std::size_t read(char* out, std::size_t n) override {
    if (at_ == size_) {
      if (fails_) throw Error(ErrorKind::kInput, "damaged");
      return 0;
    }
    const std::size_t got = std::min({n, size_ - at_, 1 + at_ * 7919 % 70001});
    for (std::size_t i = 0; i < got; ++i) out[i] = byte(at_ + i);
    at_ += got;
    return got;
  }
  static char byte(std::size_t at) { return static_cast<char>(at * 31 + at / 257); }

 private:
  std::size_t size_;
  bool fails_;
  std::size_t at_ = 0;
};

TEST(ReadAhead, DeliversTheSameBytesInOrder) {
  for (const std::size_t size : {0u, 1u, 524288u, 524289u, 5000000u}) {
    const auto source = read_ahead(std::make_unique<Counted>(size, false));
    std::string block(300007, '\0');
    std::size_t at = 0;
    for (std::size_t got = 0; (got = source->read(block.data(), 1 + at % block.size())) > 0;) {
      for (std::size_t i = 0; i < got; ++i) ASSERT_EQ(block[i], Counted::byte(at + i)) << at + i;
      at += got;
    }
    EXPECT_EQ(at, size);
    EXPECT_EQ(source->read(block.data(), 1), 0u) << "the end stays the end";
  }
}

TEST(ReadAhead, DeliversAFailureAfterTheBytesBeforeIt) {
  for (const std::size_t size : {0u, 10u, 524288u, 3000000u}) {
    const auto source = read_ahead(std::make_unique<Counted>(size, true));
    std::string block(100000, '\0');
    std::size_t at = 0;
    const auto read_all = [&] {
      while (const std::size_t got = source->read(block.data(), block.size())) at += got;
    };
    EXPECT_THROW(read_all(), Error);
    EXPECT_EQ(at, size);
  }
}

TEST(ReadAhead, CanBeLeftBeforeTheEnd) {
  const auto source = read_ahead(std::make_unique<Counted>(100000000, false));
  char byte = 0;
  EXPECT_EQ(source->read(&byte, 1), 1u);
}

}  // namespace
}  // namespace svi_lda

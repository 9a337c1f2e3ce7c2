#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace svi_lda {

// Floats in one cache line; rows over topics are padded to a multiple of it.
inline constexpr std::size_t kRowAlignment = 64;
inline constexpr std::size_t kLanePad = kRowAlignment / sizeof(float);

// num_topics rounded up to whole cache lines of floats.
constexpr std::size_t padded_topics(std::size_t num_topics) {
  return (num_topics + kLanePad - 1) / kLanePad * kLanePad;
}

// Memory of this size and more is put on huge pages where the system has them: fewer page faults,
// and rows of many words within reach of the TLB.
inline constexpr std::size_t kHugePage = std::size_t{2} << 20;
inline constexpr std::size_t kHugePagesFrom = 2 * kHugePage;

template <typename T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) noexcept {}
  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    void* const p = ::operator new(bytes, alignment(bytes));
    // A hint: where it is not taken, the pages are small ones.
    if (bytes >= kHugePagesFrom) ::madvise(p, bytes, MADV_HUGEPAGE);
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t n) noexcept { ::operator delete(p, alignment(n * sizeof(T))); }
  template <typename U>
  bool operator==(const AlignedAllocator<U>&) const noexcept {
    return true;
  }

 private:
  static constexpr std::align_val_t alignment(std::size_t bytes) {
    return std::align_val_t{bytes >= kHugePagesFrom ? kHugePage : kRowAlignment};
  }
};

// A vector whose data starts on a cache line.
template <typename T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace svi_lda

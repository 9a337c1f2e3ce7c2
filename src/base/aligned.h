#pragma once

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

template <typename T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <typename U>
  AlignedAllocator(const AlignedAllocator<U>&) noexcept {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kRowAlignment}));
  }
  void deallocate(T* p, std::size_t) noexcept {
    ::operator delete (p, std::align_val_t{kRowAlignment});
  }
  template <typename U>
  bool operator==(const AlignedAllocator<U>&) const noexcept {
    return true;
  }
};

// A vector whose data starts on a cache line.
template <typename T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace svi_lda

// A row cut into slabs of vectors whose number the compiler knows, so that a loop over other rows
// keeps a slab in registers. Included once per Highway target.

#if defined(SVI_LDA_BASE_SLABS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_BASE_SLABS_INL_H_
#undef SVI_LDA_BASE_SLABS_INL_H_
#else
#define SVI_LDA_BASE_SLABS_INL_H_
#endif

#include <type_traits>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Calls slab(std::integral_constant<int, vectors>(), k) for slabs of at most eight vectors that
// cover [0, stride) one after the other; stride is a multiple of the lanes of d.
template <class D, class Slab>
HWY_INLINE void ForSlabs(D d, size_t stride, const Slab& slab) {
  const size_t lanes = hn::Lanes(d);
  size_t k = 0;
  for (; k + 8 * lanes <= stride; k += 8 * lanes) slab(std::integral_constant<int, 8>(), k);
  switch ((stride - k) / lanes) {
    case 7:
      return slab(std::integral_constant<int, 7>(), k);
    case 6:
      return slab(std::integral_constant<int, 6>(), k);
    case 5:
      return slab(std::integral_constant<int, 5>(), k);
    case 4:
      return slab(std::integral_constant<int, 4>(), k);
    case 3:
      return slab(std::integral_constant<int, 3>(), k);
    case 2:
      return slab(std::integral_constant<int, 2>(), k);
    case 1:
      return slab(std::integral_constant<int, 1>(), k);
    default:
      return;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

// 1/x on vectors of float without a division, which takes as long as a dozen multiplications.
// Included once per Highway target.

#if defined(SVI_LDA_MATH_RECIPROCAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_MATH_RECIPROCAL_INL_H_
#undef SVI_LDA_MATH_RECIPROCAL_INL_H_
#else
#define SVI_LDA_MATH_RECIPROCAL_INL_H_
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Relative error below 2.5e-7 for 1e-37 < |x| < 1e37.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V Reciprocal(D d, V x) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  // Twelve bits or more to begin with, doubled by a Newton step with fused multiply-add.
  const V guess = hn::ApproximateReciprocal(x);
  return hn::Mul(guess, hn::NegMulAdd(x, guess, hn::Set(d, 2.0f)));
#else
  return hn::Div(hn::Set(d, 1.0f), x);  // without it, or from eight bits, too much would be lost
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

// exp(x) on vectors of float for what is not large: shorter than a library's, which must deal with
// every argument. Included once per Highway target.
//
// x = n ln 2 + f, |f| <= ln(2)/2; exp(f) by a polynomial of degree 6 whose relative error is at
// most 3.1e-9 there (minimax, by Remez exchange, the first two coefficients held at 1); n goes into
// the exponent by adding integers.

#if defined(SVI_LDA_MATH_EXP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_MATH_EXP_INL_H_
#undef SVI_LDA_MATH_EXP_INL_H_
#else
#define SVI_LDA_MATH_EXP_INL_H_
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// exp(x) for x <= 80, relative error below 2e-7; 0 below -87.3, also for minus infinity: from
// -126 ln 2 = -87.34 on the exponent would leave the normal floats.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V SmallExp(D d, V x) {
  const hn::RebindToSigned<D> di;
  // 1.5 * 2^23: what is added to it is rounded to an integer, in the low bits of the sum.
  const V shift = hn::Set(d, 12582912.0f);
  const V shifted = hn::MulAdd(x, hn::Set(d, 1.44269504f), shift);
  const V n = hn::Sub(shifted, shift);
  // ln 2 in two parts, the first with few enough bits that n times it is exact.
  V f = hn::NegMulAdd(n, hn::Set(d, 0.693359375f), x);
  f = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4f), f);
  const V f2 = hn::Mul(f, f);
  V high = hn::MulAdd(f, hn::Set(d, 0.00836871687973f), hn::Set(d, 0.0416683880453f));
  high = hn::MulAdd(f2, hn::Set(d, 0.00138145986467f), high);
  V low = hn::MulAdd(f, hn::Set(d, 0.166665206317f), hn::Set(d, 0.499999934478f));
  low = hn::MulAdd(f2, high, low);
  const V p = hn::MulAdd(f2, low, hn::Add(f, hn::Set(d, 1.0f)));
  const auto bits = hn::Add(hn::BitCast(di, p), hn::ShiftLeft<23>(hn::BitCast(di, shifted)));
  return hn::IfThenElseZero(hn::Ge(x, hn::Set(d, -87.3f)), hn::BitCast(d, bits));
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

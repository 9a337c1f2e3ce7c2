// exp(psi(x)) on vectors of float, without a logarithm. Included once per Highway target.
//
// By the recurrence psi(x) = psi(x+4) - 1/x - 1/(x+1) - 1/(x+2) - 1/(x+3),
//   exp(psi(x)) = P(x) * exp(-R(x)),
//   R(x) = 1/x + 1/(x+1) + 1/(x+2) + 1/(x+3) = (2x+3) (2u+2) / (u (u+2)),  u = x(x+3),
//   P(x) = exp(psi(x+4)) ~ y + 1/(24y) - 37/(5760y^3) + 10313/(2903040y^5),  y = x + 3.5
// (asymptotic series of exp(psi(y + 1/2)); truncation < 1.5e-7 relative for x > 0).
//
// Rows are wanted only up to a factor, and exp(psi(x)) underflows below x ~ 0.0115 in float. So the
// factor exp(psi(max)) is taken out in the exponent, before anything can underflow:
//   exp(psi(x) - psi(m)) = P(x)/P(m) * exp(R(m) - R(x)).
// Domain: 1e-8 <= x <= m <= 1e15. Error: relative, at most 4e-7 (1 + R(x)), which is below 2e-5
// from x = 0.0125 on (R is rounded to float before it goes into exp); results below 1.2e-38 are 0.

#if defined(SVI_LDA_MATH_EXP_DIGAMMA_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_MATH_EXP_DIGAMMA_INL_H_
#undef SVI_LDA_MATH_EXP_DIGAMMA_INL_H_
#else
#define SVI_LDA_MATH_EXP_DIGAMMA_INL_H_
#endif

#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"
#include "math/exp-inl.h"
#include "math/reciprocal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// P(x) above.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V ExpDigammaAtPlus4(D d, V x) {
  const V y = hn::Add(x, hn::Set(d, 3.5f));
  const V q = Reciprocal(d, y);
  const V q2 = hn::Mul(q, q);
  V series = hn::MulAdd(q2, hn::Set(d, 10313.0f / 2903040.0f), hn::Set(d, -37.0f / 5760.0f));
  series = hn::MulAdd(q2, series, hn::Set(d, 1.0f / 24.0f));
  return hn::MulAdd(q, series, y);
}

// R(x) above.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V DigammaRecurrence4(D d, V x) {
  // Beyond 1e8, where u^2 comes near the largest float, R is below 4e-8 and no longer seen.
  const V x1 = hn::Min(x, hn::Set(d, 1e8f));
  const V u = hn::Mul(x1, hn::Add(x1, hn::Set(d, 3.0f)));
  const V n = hn::Add(hn::Add(x1, x1), hn::Set(d, 3.0f));
  const V u2 = hn::Add(u, hn::Set(d, 2.0f));
  return hn::Mul(hn::Mul(n, hn::Add(u, u2)), Reciprocal(d, hn::Mul(u, u2)));
}

// exp(psi(x) - psi(m)), where inverse_p = 1/P(m) and r = R(m).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V ExpDigammaRelative(D d, V x, V inverse_p, V r) {
  const V e = SmallExp(d, hn::Sub(r, DigammaRecurrence4(d, x)));
  return hn::Mul(hn::Mul(ExpDigammaAtPlus4(d, x), inverse_p), e);
}

// psi(x) itself, x in [1e-8, 1e15]: for the log-space slow path.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V Digamma(D d, V x) {
  return hn::Sub(hn::Log(d, ExpDigammaAtPlus4(d, x)), DigammaRecurrence4(d, x));
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

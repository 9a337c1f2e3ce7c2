#include "global/polya.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "global/polya_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// psi(x), x > 0, by psi(x) = psi(x + 6) - Sum_{i<6} 1/(x+i) and the asymptotic series there
// (truncation below 1e-10). The terms of the sum are taken in pairs, (x+i)(x+5-i) = u + i(5-i).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V Digamma6(D d, V x) {
  const V u = hn::Mul(x, hn::Add(x, hn::Set(d, 5.0)));
  const V u4 = hn::Add(u, hn::Set(d, 4.0));
  const V u6 = hn::Add(u, hn::Set(d, 6.0));
  const V numerator = hn::MulAdd(u4, u6, hn::Mul(u, hn::Add(u4, u6)));
  const V steps = hn::Mul(hn::MulAdd(hn::Set(d, 2.0), x, hn::Set(d, 5.0)),
                          hn::Div(hn::Div(numerator, u), hn::Mul(u4, u6)));
  const V y = hn::Add(x, hn::Set(d, 6.0));
  const V q = hn::Div(hn::Set(d, 1.0), y);
  const V q2 = hn::Mul(q, q);
  V series = hn::MulAdd(q2, hn::Set(d, -1.0 / 240.0), hn::Set(d, 1.0 / 252.0));
  series = hn::MulAdd(q2, series, hn::Set(d, -1.0 / 120.0));
  series = hn::MulAdd(q2, series, hn::Set(d, 1.0 / 12.0));
  series = hn::MulAdd(q, series, hn::Set(d, 0.5));
  return hn::Sub(hn::NegMulAdd(q, series, hn::Log(d, y)), steps);
}

double DigammaRiseSum(const float* HWY_RESTRICT m, double scale, double x, size_t count,
                      bool expected) {
  const hn::CappedTag<double, 16> d;
  const hn::Rebind<float, decltype(d)> df;
  const size_t lanes = hn::Lanes(d);
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1.0);
  const auto base = hn::Set(d, x);
  const auto psi_x = Digamma6(d, base);
  // What topics began with fades from all cells, but never to 0.
  const auto least = hn::Set(d, kLeastCount * x);
  auto sum = zero;
  for (size_t k = 0; k < count; k += lanes) {
    const auto n = hn::Mul(hn::Set(d, scale), hn::PromoteTo(d, hn::Load(df, m + k)));
    const auto wanted = hn::And(hn::FirstN(d, HWY_MIN(lanes, count - k)), hn::Gt(n, least));
    if (hn::AllFalse(d, wanted)) continue;
    const auto safe = hn::IfThenElse(wanted, n, one);
    const auto chance = expected ? hn::Neg(hn::Expm1(d, hn::Neg(safe))) : one;
    const auto rise =
        hn::Mul(chance, hn::Sub(Digamma6(d, hn::Add(base, hn::Div(safe, chance))), psi_x));
    sum = hn::Add(sum, hn::IfThenElseZero(wanted, rise));
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(DigammaRiseSum);

double digamma_rise_sum(const float* m, double scale, double x, std::size_t count, bool expected) {
  return HWY_DYNAMIC_DISPATCH(DigammaRiseSum)(m, scale, x, count, expected);
}
}  // namespace svi_lda
#endif

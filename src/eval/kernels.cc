#include "eval/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "eval/kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

double WeightedLogs(const float* HWY_RESTRICT weights, const float* HWY_RESTRICT x, size_t stride) {
  // Sums of this many in float are added up in double.
  constexpr size_t kBlock = 64;
  const hn::CappedTag<float, 16> d;
  const auto zero = hn::Zero(d);
  double total = 0.0;
  for (size_t begin = 0; begin < stride; begin += kBlock) {
    const size_t end = HWY_MIN(begin + kBlock, stride);
    auto sum = zero;
    for (size_t k = begin; k < end; k += hn::Lanes(d)) {
      const auto value = hn::Load(d, x + k);
      const auto product = hn::Mul(hn::Load(d, weights + k), hn::Log(d, value));
      sum = hn::Add(sum, hn::IfThenElseZero(hn::Gt(value, zero), product));
    }
    total += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sum)));
  }
  return total;
}

// log Gamma(x).
template <class D, class V = hn::Vec<D>>
HWY_INLINE V LogGamma(D d, V x) {
  V product = x;
  V y = x;
  for (int i = 0; i < 5; ++i) {
    y = hn::Add(y, hn::Set(d, 1.0));
    product = hn::Mul(product, y);
  }
  y = hn::Add(y, hn::Set(d, 1.0));
  const V q = hn::Div(hn::Set(d, 1.0), y);
  const V q2 = hn::Mul(q, q);
  V series = hn::MulAdd(q2, hn::Set(d, -1.0 / 1680.0), hn::Set(d, 1.0 / 1260.0));
  series = hn::MulAdd(q2, series, hn::Set(d, -1.0 / 360.0));
  series = hn::MulAdd(q2, series, hn::Set(d, 1.0 / 12.0));
  const V half_log_two_pi = hn::Set(d, 0.91893853320467274178);
  const V stirling = hn::Add(hn::MulSub(hn::Sub(y, hn::Set(d, 0.5)), hn::Log(d, y), y),
                             hn::MulAdd(q, series, half_log_two_pi));
  return hn::Sub(stirling, hn::Log(d, product));
}

double LogGammaSum(const float* HWY_RESTRICT x, double scale, double offset, size_t count) {
  const hn::CappedTag<double, 16> d;
  const hn::Rebind<float, decltype(d)> df;
  const size_t lanes = hn::Lanes(d);
  auto sum = hn::Zero(d);
  for (size_t k = 0; k < count; k += lanes) {
    const auto y =
        hn::MulAdd(hn::Set(d, scale), hn::PromoteTo(d, hn::Load(df, x + k)), hn::Set(d, offset));
    const auto wanted = hn::FirstN(d, HWY_MIN(lanes, count - k));
    const auto safe = hn::IfThenElse(wanted, y, hn::Set(d, 1.0));
    sum = hn::Add(sum, hn::IfThenElseZero(wanted, LogGamma(d, safe)));
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(WeightedLogs);
HWY_EXPORT(LogGammaSum);

double weighted_logs(const float* weights, const float* x, std::size_t stride) {
  return HWY_DYNAMIC_DISPATCH(WeightedLogs)(weights, x, stride);
}

double log_gamma_sum(const float* x, double scale, double offset, std::size_t count) {
  return HWY_DYNAMIC_DISPATCH(LogGammaSum)(x, scale, offset, count);
}
}  // namespace svi_lda
#endif

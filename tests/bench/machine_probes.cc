#include "machine_probes.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "machine_probes.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace bench {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;

// Two units with a latency of 4 or 5 cycles ask for 10 chains; sixteen registers leave room for 12.
constexpr size_t kChains = 12;

float FmaBurst(size_t rounds, float factor, float addend) {
  const F d;
  const V f = hn::Set(d, factor);
  const V a = hn::Set(d, addend);
  V x0 = hn::Set(d, 0.0f), x1 = hn::Set(d, 1.0f), x2 = hn::Set(d, 2.0f), x3 = hn::Set(d, 3.0f);
  V x4 = hn::Set(d, 4.0f), x5 = hn::Set(d, 5.0f), x6 = hn::Set(d, 6.0f), x7 = hn::Set(d, 7.0f);
  V x8 = hn::Set(d, 8.0f), x9 = hn::Set(d, 9.0f), x10 = hn::Set(d, 10.0f);
  V x11 = hn::Set(d, 11.0f);
  for (size_t i = 0; i < rounds; ++i) {
    x0 = hn::MulAdd(x0, f, a);
    x1 = hn::MulAdd(x1, f, a);
    x2 = hn::MulAdd(x2, f, a);
    x3 = hn::MulAdd(x3, f, a);
    x4 = hn::MulAdd(x4, f, a);
    x5 = hn::MulAdd(x5, f, a);
    x6 = hn::MulAdd(x6, f, a);
    x7 = hn::MulAdd(x7, f, a);
    x8 = hn::MulAdd(x8, f, a);
    x9 = hn::MulAdd(x9, f, a);
    x10 = hn::MulAdd(x10, f, a);
    x11 = hn::MulAdd(x11, f, a);
  }
  const V sum0 = hn::Add(hn::Add(x0, x1), hn::Add(x2, x3));
  const V sum1 = hn::Add(hn::Add(x4, x5), hn::Add(x6, x7));
  const V sum2 = hn::Add(hn::Add(x8, x9), hn::Add(x10, x11));
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(sum0, hn::Add(sum1, sum2))));
}

size_t FlopsPerRound() { return 2 * kChains * hn::Lanes(F()); }

// Or rather than Add: one cycle, on more units than there are loads a cycle.
float LoadSweeps(const float* HWY_RESTRICT data, size_t n, size_t sweeps) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V x0 = hn::Zero(d), x1 = hn::Zero(d), x2 = hn::Zero(d), x3 = hn::Zero(d);
  V x4 = hn::Zero(d), x5 = hn::Zero(d), x6 = hn::Zero(d), x7 = hn::Zero(d);
  for (size_t sweep = 0; sweep < sweeps; ++sweep) {
    for (size_t i = 0; i < n; i += 8 * lanes) {
      const float* HWY_RESTRICT p = data + i;
      x0 = hn::Or(x0, hn::Load(d, p));
      x1 = hn::Or(x1, hn::Load(d, p + lanes));
      x2 = hn::Or(x2, hn::Load(d, p + 2 * lanes));
      x3 = hn::Or(x3, hn::Load(d, p + 3 * lanes));
      x4 = hn::Or(x4, hn::Load(d, p + 4 * lanes));
      x5 = hn::Or(x5, hn::Load(d, p + 5 * lanes));
      x6 = hn::Or(x6, hn::Load(d, p + 6 * lanes));
      x7 = hn::Or(x7, hn::Load(d, p + 7 * lanes));
    }
  }
  const V all =
      hn::Or(hn::Or(hn::Or(x0, x1), hn::Or(x2, x3)), hn::Or(hn::Or(x4, x5), hn::Or(x6, x7)));
  return hn::GetLane(hn::MaxOfLanes(d, all));
}

}  // namespace HWY_NAMESPACE
}  // namespace bench
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
namespace bench {
HWY_EXPORT(FmaBurst);
HWY_EXPORT(FlopsPerRound);
HWY_EXPORT(LoadSweeps);

float fma_burst(std::size_t rounds, float factor, float addend) {
  return HWY_DYNAMIC_DISPATCH(FmaBurst)(rounds, factor, addend);
}

std::size_t fma_burst_flops_per_round() { return HWY_DYNAMIC_DISPATCH(FlopsPerRound)(); }

float load_sweeps(const float* data, std::size_t n, std::size_t sweeps) {
  return HWY_DYNAMIC_DISPATCH(LoadSweeps)(data, n, sweeps);
}

}  // namespace bench
}  // namespace svi_lda
#endif

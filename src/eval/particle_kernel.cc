#include "eval/particle_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "eval/particle_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, kParticleLanes>;
using DU = hn::RebindToUnsigned<D>;
using V = hn::Vec<D>;
using VU = hn::Vec<DU>;

// Running sums are taken over this many ranges of topics side by side: one alone would wait for
// each addition.
constexpr size_t kRanges = 4;

// Uniform in [0, 1), 24 bits: xoshiro128+ (Blackman, Vigna 2021), of which the low bits are not
// used.
HWY_INLINE V Uniform(uint32_t* HWY_RESTRICT state) {
  const DU du;
  const D d;
  VU s0 = hn::Load(du, state);
  VU s1 = hn::Load(du, state + kParticleLanes);
  VU s2 = hn::Load(du, state + 2 * kParticleLanes);
  VU s3 = hn::Load(du, state + 3 * kParticleLanes);
  const VU bits = hn::ShiftRight<8>(hn::Add(s0, s3));
  const VU t = hn::ShiftLeft<9>(s1);
  s2 = hn::Xor(s2, s0);
  s3 = hn::Xor(s3, s1);
  s1 = hn::Xor(s1, s2);
  s0 = hn::Xor(s0, s3);
  s2 = hn::Xor(s2, t);
  s3 = hn::RotateRight<21>(s3);
  hn::Store(s0, du, state);
  hn::Store(s1, du, state + kParticleLanes);
  hn::Store(s2, du, state + 2 * kParticleLanes);
  hn::Store(s3, du, state + 3 * kParticleLanes);
  const hn::RebindToSigned<D> di;
  return hn::Mul(hn::ConvertTo(d, hn::BitCast(di, bits)), hn::Set(d, 0x1.0p-24f));
}

// Draws z_n of Lanes(D()) particles from lane `first` on; kAgain: z_n has a value, which its counts
// still hold. Returns the sum of the weights.
template <bool kAgain>
HWY_INLINE V Draw(const Particles& p, size_t n, size_t first) {
  const D d;
  const DU du;
  const size_t range = (p.num_topics + kRanges - 1) / kRanges;
  const float* HWY_RESTRICT row = p.rows[n];
  const float* HWY_RESTRICT alpha = p.alpha;
  float* HWY_RESTRICT counts = p.counts + first;
  float* HWY_RESTRICT cumulative = p.cumulative + first;
  uint32_t* HWY_RESTRICT topics = p.topics + n * kParticleLanes + first;
  const V one = hn::Set(d, 1.0f);
  const VU old = hn::Load(du, topics);

  V sum0 = hn::Zero(d);
  V sum1 = sum0;
  V sum2 = sum0;
  V sum3 = sum0;
  const auto add = [&](size_t k, V& sum) HWY_ATTR {
    V count = hn::Load(d, counts + k * kParticleLanes);
    if constexpr (kAgain) {
      const auto own = hn::RebindMask(d, hn::Eq(old, hn::Set(du, static_cast<uint32_t>(k))));
      count = hn::Sub(count, hn::IfThenElseZero(own, one));
    }
    sum = hn::MulAdd(hn::Add(count, hn::Set(d, alpha[k])), hn::Set(d, row[k]), sum);
    hn::Store(sum, d, cumulative + k * kParticleLanes);
  };
  for (size_t j = 0; j < range; ++j) {
    add(j, sum0);
    add(range + j, sum1);
    add(2 * range + j, sum2);
    add(3 * range + j, sum3);
  }
  const V total = hn::Add(hn::Add(sum0, sum1), hn::Add(sum2, sum3));

  // The first topic whose running sum is above what is left of the threshold: a range that is not
  // passed wholly leaves less than 0 for the next.
  V threshold = hn::Mul(Uniform(p.random + first), total);
  VU drawn0 = hn::Zero(du);
  VU drawn1 = drawn0;
  VU drawn2 = drawn0;
  VU drawn3 = drawn0;
  const V threshold1 = hn::Sub(threshold, sum0);
  const V threshold2 = hn::Sub(threshold1, sum1);
  const V threshold3 = hn::Sub(threshold2, sum2);
  const auto pass = [&](size_t k, const V limit, VU& drawn) HWY_ATTR {
    const auto passed = hn::Le(hn::Load(d, cumulative + k * kParticleLanes), limit);
    drawn = hn::Sub(drawn, hn::BitCast(du, hn::VecFromMask(d, passed)));
  };
  for (size_t j = 0; j < range; ++j) {
    pass(j, threshold, drawn0);
    pass(range + j, threshold1, drawn1);
    pass(2 * range + j, threshold2, drawn2);
    pass(3 * range + j, threshold3, drawn3);
  }
  const VU last = hn::Set(du, static_cast<uint32_t>(p.num_topics - 1));
  const VU drawn = hn::Min(hn::Add(hn::Add(drawn0, drawn1), hn::Add(drawn2, drawn3)), last);

  HWY_ALIGN uint32_t before[kParticleLanes];
  hn::Store(old, du, before);
  hn::Store(drawn, du, topics);
  for (size_t lane = 0; lane < hn::Lanes(d); ++lane) {
    if (kAgain && before[lane] == topics[lane]) continue;
    if (kAgain) counts[before[lane] * kParticleLanes + lane] -= 1.0f;
    counts[topics[lane] * kParticleLanes + lane] += 1.0f;
  }
  return total;
}

void ResampleTokens(const Particles& particles, size_t end) {
  for (size_t n = 0; n < end; ++n) {
    for (size_t first = 0; first < kParticleLanes; first += hn::Lanes(D())) {
      Draw<true>(particles, n, first);
    }
  }
}

void DrawToken(const Particles& particles, size_t n, float* HWY_RESTRICT totals) {
  for (size_t first = 0; first < kParticleLanes; first += hn::Lanes(D())) {
    hn::Store(Draw<false>(particles, n, first), D(), totals + first);
  }
}

float AddExpectedToken(const float* HWY_RESTRICT row, const float* HWY_RESTRICT alpha,
                       size_t stride, float* HWY_RESTRICT counts, float* HWY_RESTRICT weight) {
  const D d;
  V sum = hn::Zero(d);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    const V w =
        hn::Mul(hn::Add(hn::Load(d, counts + k), hn::Load(d, alpha + k)), hn::Load(d, row + k));
    hn::Store(w, d, weight + k);
    sum = hn::Add(sum, w);
  }
  const float total = hn::GetLane(hn::SumOfLanes(d, sum));
  const V share = hn::Set(d, 1.0f / total);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(hn::MulAdd(hn::Load(d, weight + k), share, hn::Load(d, counts + k)), d, counts + k);
  }
  return total;
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(ResampleTokens);
HWY_EXPORT(DrawToken);
HWY_EXPORT(AddExpectedToken);

void resample_tokens(const Particles& particles, std::size_t end) {
  HWY_DYNAMIC_DISPATCH(ResampleTokens)(particles, end);
}

void draw_token(const Particles& particles, std::size_t n, float* totals) {
  HWY_DYNAMIC_DISPATCH(DrawToken)(particles, n, totals);
}

float add_expected_token(const float* row, const float* alpha, std::size_t stride, float* counts,
                         float* weight) {
  return HWY_DYNAMIC_DISPATCH(AddExpectedToken)(row, alpha, stride, counts, weight);
}
}  // namespace svi_lda
#endif

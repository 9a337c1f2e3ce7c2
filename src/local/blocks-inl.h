// Dot products and accumulations over blocks of eight rows: the arithmetic of the local step.
// Included once per Highway target. Rows are 64-byte aligned and a multiple of 16 floats long.

#if defined(SVI_LDA_LOCAL_BLOCKS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_LOCAL_BLOCKS_INL_H_
#undef SVI_LDA_LOCAL_BLOCKS_INL_H_
#else
#define SVI_LDA_LOCAL_BLOCKS_INL_H_
#endif

#include "base/slabs-inl.h"
#include "hwy/highway.h"
#include "local/kernels.h"
#include "math/exp_digamma-inl.h"
#include "math/reciprocal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void StoreLaneSums(F /*d*/, const V (&acc)[8], float* HWY_RESTRICT dots) {
  for (size_t i = 0; i < kRowBlock; ++i) dots[i] = hn::GetLane(acc[i]);
}

#else

// Lanes of a's pairs, then of b's, summed: one level of a transposing reduction, which keeps the
// order of its operands.
HWY_INLINE V PairSums(F d, V a, V b) {
  return hn::Add(hn::ConcatEven(d, b, a), hn::ConcatOdd(d, b, a));
}

// dots[i] = Sum of the lanes of acc[i], i < 8, without a horizontal sum of a single vector.
HWY_INLINE void StoreLaneSums(F d, const V (&acc)[8], float* HWY_RESTRICT dots) {
  const V s01 = PairSums(d, acc[0], acc[1]);
  const V s23 = PairSums(d, acc[2], acc[3]);
  const V s45 = PairSums(d, acc[4], acc[5]);
  const V s67 = PairSums(d, acc[6], acc[7]);
  const V s0123 = PairSums(d, s01, s23);
  const V s4567 = PairSums(d, s45, s67);
  if (hn::Lanes(d) == 4) {
    hn::StoreU(s0123, d, dots);
    hn::StoreU(s4567, d, dots + 4);
    return;
  }
  V s = PairSums(d, s0123, s4567);
  if (hn::Lanes(d) == 16) s = PairSums(d, s, s);
  HWY_ALIGN float sums[HWY_MAX_BYTES / sizeof(float)];
  hn::Store(s, d, sums);
  for (size_t i = 0; i < kRowBlock; ++i) dots[i] = sums[i];
}

#endif

// a[i] += lanes of etheta rows[i] over kVectors vectors of topics from k on: every load of etheta
// serves eight words. Unrolled, so that no row needs an address of its own.
template <int kVectors>
HWY_INLINE void DotsSlab(const float* const* HWY_RESTRICT rows, const float* HWY_RESTRICT etheta,
                         size_t k, V (&a)[kRowBlock]) {
  const F d;
  const float* HWY_RESTRICT r0 = rows[0] + k;
  const float* HWY_RESTRICT r1 = rows[1] + k;
  const float* HWY_RESTRICT r2 = rows[2] + k;
  const float* HWY_RESTRICT r3 = rows[3] + k;
  const float* HWY_RESTRICT r4 = rows[4] + k;
  const float* HWY_RESTRICT r5 = rows[5] + k;
  const float* HWY_RESTRICT r6 = rows[6] + k;
  const float* HWY_RESTRICT r7 = rows[7] + k;
#pragma GCC unroll 8
  for (size_t v = 0; v < kVectors; ++v) {
    const size_t at = v * hn::Lanes(d);
    const V e = hn::Load(d, etheta + k + at);
    a[0] = hn::MulAdd(e, hn::Load(d, r0 + at), a[0]);
    a[1] = hn::MulAdd(e, hn::Load(d, r1 + at), a[1]);
    a[2] = hn::MulAdd(e, hn::Load(d, r2 + at), a[2]);
    a[3] = hn::MulAdd(e, hn::Load(d, r3 + at), a[3]);
    a[4] = hn::MulAdd(e, hn::Load(d, r4 + at), a[4]);
    a[5] = hn::MulAdd(e, hn::Load(d, r5 + at), a[5]);
    a[6] = hn::MulAdd(e, hn::Load(d, r6 + at), a[6]);
    a[7] = hn::MulAdd(e, hn::Load(d, r7 + at), a[7]);
  }
}

// dots of kRowBlock rows with etheta.
HWY_INLINE void BlockDots(const float* const* HWY_RESTRICT rows, const float* HWY_RESTRICT etheta,
                          size_t stride, float* HWY_RESTRICT dots) {
  const F d;
  V a[kRowBlock];
  for (V& sum : a) sum = hn::Zero(d);
  ForSlabs(F(), stride, [&](auto vectors, size_t k) HWY_ATTR {
    DotsSlab<decltype(vectors)::value>(rows, etheta, k, a);
  });
  StoreLaneSums(d, a, dots);
}

// acc_k += Sum_i ratio[i] rows[i][k] over kRowBlock words and kVectors vectors of topics from k on,
// which stay in registers while the words go by.
template <int kVectors>
HWY_INLINE void AccumulateSlab(const float* const* HWY_RESTRICT rows,
                               const float* HWY_RESTRICT ratio, size_t k, float* HWY_RESTRICT acc) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V a[kVectors];
  for (size_t v = 0; v < kVectors; ++v) a[v] = hn::Load(d, acc + k + v * lanes);
  for (size_t i = 0; i < kRowBlock; ++i) {
    const V q = hn::Set(d, ratio[i]);
    const float* HWY_RESTRICT row = rows[i] + k;
    for (size_t v = 0; v < kVectors; ++v) a[v] = hn::MulAdd(q, hn::Load(d, row + v * lanes), a[v]);
  }
  for (size_t v = 0; v < kVectors; ++v) hn::Store(a[v], d, acc + k + v * lanes);
}

// acc_k += Sum_i ratio[i] rows[i][k] over kRowBlock words.
HWY_INLINE void BlockAccumulate(const float* const* HWY_RESTRICT rows,
                                const float* HWY_RESTRICT ratio, size_t stride,
                                float* HWY_RESTRICT acc) {
  ForSlabs(F(), stride, [&](auto vectors, size_t k) HWY_ATTR {
    AccumulateSlab<decltype(vectors)::value>(rows, ratio, k, acc);
  });
}

// What etheta is relative to: exp(psi(top)) (VB) or top (means), for a `top` that no gamma exceeds.
struct EthetaReference {
  float inverse;  // 1 / P(top), or 1 / top
  float r;        // R(top), see exp_digamma-inl.h
};

template <LocalMethod kMethod>
HWY_INLINE EthetaReference EthetaRelativeTo(float top) {
  if (kMethod == LocalMethod::kMeans) return {1.0f / top, 0.0f};
  // The same vectors as for rows: where a value is the top itself, their errors cancel.
  const F d;
  const V x = hn::Set(d, top);
  return {1.0f / hn::GetLane(ExpDigammaAtPlus4(d, x)), hn::GetLane(DigammaRecurrence4(d, x))};
}

// etheta of n topics. VB: exp(psi(gamma)); means: gamma; both relative to the reference and times
// the topic factor. n is a multiple of the lanes of d.
template <LocalMethod kMethod, class D>
HWY_INLINE void MakeEtheta(D d, const float* HWY_RESTRICT gamma,
                           const float* HWY_RESTRICT topic_factor, EthetaReference reference,
                           size_t n, float* HWY_RESTRICT etheta) {
  const auto inverse = hn::Set(d, reference.inverse);
  const auto r = hn::Set(d, reference.r);
  for (size_t k = 0; k < n; k += hn::Lanes(d)) {
    const auto g = hn::Load(d, gamma + k);
    const auto e =
        kMethod == LocalMethod::kMeans ? hn::Mul(g, inverse) : ExpDigammaRelative(d, g, inverse, r);
    hn::Store(hn::Mul(e, hn::Load(d, topic_factor + k)), d, etheta + k);
  }
}

// ratio = counts / dots over n places, a multiple of the lanes of d; false where any dot is below
// the floor, or not a number.
template <class D>
HWY_INLINE bool Ratios(D d, const float* HWY_RESTRICT counts, const float* HWY_RESTRICT dots,
                       size_t n, float* HWY_RESTRICT ratio) {
  bool above = true;
  for (size_t i = 0; i < n; i += hn::Lanes(d)) {
    const auto dot = hn::LoadU(d, dots + i);
    above &= hn::AllTrue(d, hn::Ge(dot, hn::Set(d, kDotFloor)));
    hn::StoreU(hn::Mul(hn::LoadU(d, counts + i), Reciprocal(d, dot)), d, ratio + i);
  }
  return above;
}

// next_k = alpha_k + etheta_k acc_k (+ extra_k) over n topics; returns Sum |next_k - gamma_k|.
// `next` may be gamma.
template <bool kExtra, class D>
HWY_INLINE float UpdateGamma(D d, const float* HWY_RESTRICT alpha, const float* HWY_RESTRICT etheta,
                             const float* HWY_RESTRICT acc, const float* HWY_RESTRICT extra,
                             size_t n, const float* gamma, float* next) {
  auto change = hn::Zero(d);
  for (size_t k = 0; k < n; k += hn::Lanes(d)) {
    auto g = hn::MulAdd(hn::Load(d, etheta + k), hn::Load(d, acc + k), hn::Load(d, alpha + k));
    if (kExtra) g = hn::Add(g, hn::Load(d, extra + k));
    change = hn::Add(change, hn::AbsDiff(g, hn::Load(d, gamma + k)));
    hn::Store(g, d, next + k);
  }
  return hn::GetLane(hn::SumOfLanes(d, change));
}

HWY_INLINE void Fill(float* HWY_RESTRICT out, size_t n, float value) {
  const F d;
  for (size_t k = 0; k < n; k += hn::Lanes(d)) hn::Store(hn::Set(d, value), d, out + k);
}

HWY_INLINE float SumOf(const float* HWY_RESTRICT values, size_t n) {
  const F d;
  V sum = hn::Zero(d);
  for (size_t k = 0; k < n; k += hn::Lanes(d)) sum = hn::Add(sum, hn::Load(d, values + k));
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

HWY_INLINE float MaxOf(const float* HWY_RESTRICT values, size_t n) {
  const F d;
  V top = hn::Load(d, values);
  for (size_t k = hn::Lanes(d); k < n; k += hn::Lanes(d))
    top = hn::Max(top, hn::Load(d, values + k));
  return hn::GetLane(hn::MaxOfLanes(d, top));
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

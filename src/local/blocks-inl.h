// Dot products and accumulations over blocks of eight rows: the arithmetic of the local step.
// Included once per Highway target. Rows are 64-byte aligned and a multiple of 16 floats long.

#if defined(SVI_LDA_LOCAL_BLOCKS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_LOCAL_BLOCKS_INL_H_
#undef SVI_LDA_LOCAL_BLOCKS_INL_H_
#else
#define SVI_LDA_LOCAL_BLOCKS_INL_H_
#endif

#include "hwy/highway.h"
#include "local/kernels.h"
#include "math/exp_digamma-inl.h"

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

// dots of kRowBlock rows with etheta: every load of etheta serves eight words.
HWY_INLINE void BlockDots(const float* const* HWY_RESTRICT rows, const float* HWY_RESTRICT etheta,
                          size_t stride, float* HWY_RESTRICT dots) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const float* HWY_RESTRICT r0 = rows[0];
  const float* HWY_RESTRICT r1 = rows[1];
  const float* HWY_RESTRICT r2 = rows[2];
  const float* HWY_RESTRICT r3 = rows[3];
  const float* HWY_RESTRICT r4 = rows[4];
  const float* HWY_RESTRICT r5 = rows[5];
  const float* HWY_RESTRICT r6 = rows[6];
  const float* HWY_RESTRICT r7 = rows[7];
  V a0 = hn::Zero(d), a1 = hn::Zero(d), a2 = hn::Zero(d), a3 = hn::Zero(d);
  V a4 = hn::Zero(d), a5 = hn::Zero(d), a6 = hn::Zero(d), a7 = hn::Zero(d);
  for (size_t k = 0; k < stride; k += lanes) {
    const V e = hn::Load(d, etheta + k);
    a0 = hn::MulAdd(e, hn::Load(d, r0 + k), a0);
    a1 = hn::MulAdd(e, hn::Load(d, r1 + k), a1);
    a2 = hn::MulAdd(e, hn::Load(d, r2 + k), a2);
    a3 = hn::MulAdd(e, hn::Load(d, r3 + k), a3);
    a4 = hn::MulAdd(e, hn::Load(d, r4 + k), a4);
    a5 = hn::MulAdd(e, hn::Load(d, r5 + k), a5);
    a6 = hn::MulAdd(e, hn::Load(d, r6 + k), a6);
    a7 = hn::MulAdd(e, hn::Load(d, r7 + k), a7);
  }
  const V acc[8] = {a0, a1, a2, a3, a4, a5, a6, a7};
  StoreLaneSums(d, acc, dots);
}

// acc_k += Sum_i ratio[i] rows[i][k] over kRowBlock words, in two chains that are added at the
// end.
HWY_INLINE void BlockAccumulate(const float* const* HWY_RESTRICT rows,
                                const float* HWY_RESTRICT ratio, size_t stride,
                                float* HWY_RESTRICT acc) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const float* HWY_RESTRICT r0 = rows[0];
  const float* HWY_RESTRICT r1 = rows[1];
  const float* HWY_RESTRICT r2 = rows[2];
  const float* HWY_RESTRICT r3 = rows[3];
  const float* HWY_RESTRICT r4 = rows[4];
  const float* HWY_RESTRICT r5 = rows[5];
  const float* HWY_RESTRICT r6 = rows[6];
  const float* HWY_RESTRICT r7 = rows[7];
  const V q0 = hn::Set(d, ratio[0]), q1 = hn::Set(d, ratio[1]);
  const V q2 = hn::Set(d, ratio[2]), q3 = hn::Set(d, ratio[3]);
  const V q4 = hn::Set(d, ratio[4]), q5 = hn::Set(d, ratio[5]);
  const V q6 = hn::Set(d, ratio[6]), q7 = hn::Set(d, ratio[7]);
  for (size_t k = 0; k < stride; k += lanes) {
    V a = hn::Load(d, acc + k);
    V b = hn::Mul(q4, hn::Load(d, r4 + k));
    a = hn::MulAdd(q0, hn::Load(d, r0 + k), a);
    b = hn::MulAdd(q5, hn::Load(d, r5 + k), b);
    a = hn::MulAdd(q1, hn::Load(d, r1 + k), a);
    b = hn::MulAdd(q6, hn::Load(d, r6 + k), b);
    a = hn::MulAdd(q2, hn::Load(d, r2 + k), a);
    b = hn::MulAdd(q7, hn::Load(d, r7 + k), b);
    a = hn::MulAdd(q3, hn::Load(d, r3 + k), a);
    hn::Store(hn::Add(a, b), d, acc + k);
  }
}

// etheta from gamma, whose largest value is known. VB: exp(psi(gamma)); means: gamma; both times
// the topic factor and up to a common factor.
template <LocalMethod kMethod>
HWY_INLINE void MakeEtheta(const float* HWY_RESTRICT gamma, const float* HWY_RESTRICT topic_factor,
                           float max_gamma, size_t stride, float* HWY_RESTRICT etheta) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const V top = hn::Set(d, max_gamma);
  if (kMethod == LocalMethod::kMeans) {
    const V inverse = hn::Div(hn::Set(d, 1.0f), top);
    for (size_t k = 0; k < stride; k += lanes) {
      const V g = hn::Mul(hn::Load(d, gamma + k), inverse);
      hn::Store(hn::Mul(g, hn::Load(d, topic_factor + k)), d, etheta + k);
    }
    return;
  }
  const V inverse_p = hn::Div(hn::Set(d, 1.0f), ExpDigammaAtPlus4(d, top));
  const V r = DigammaRecurrence4(d, top);
  for (size_t k = 0; k < stride; k += lanes) {
    const V e = ExpDigammaRelative(d, hn::Load(d, gamma + k), inverse_p, r);
    hn::Store(hn::Mul(e, hn::Load(d, topic_factor + k)), d, etheta + k);
  }
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

#include "local/cvb0_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/cvb0_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "math/reciprocal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Weights of a block of entries from the phi before: `weight` holds a vector of topics of each of
// them, then the next, so that it is read and written as one stream.
template <bool kFirst>
HWY_INLINE void BlockWeights(const float* const* HWY_RESTRICT rows, const float* HWY_RESTRICT alpha,
                             const float* HWY_RESTRICT topic_counts, float start_phi, size_t stride,
                             float* HWY_RESTRICT weight, float* HWY_RESTRICT inverse) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V sum[kRowBlock];
  for (V& s : sum) s = hn::Zero(d);
  for (size_t k = 0; k < stride; k += lanes) {
    const V count = hn::Load(d, topic_counts + k);
    const V a = hn::Load(d, alpha + k);
#pragma GCC unroll 8
    for (size_t i = 0; i < kRowBlock; ++i) {
      float* HWY_RESTRICT w = weight + i * lanes;
      // Rounded before it is taken away, as it was when it was added.
      const V phi =
          kFirst ? hn::Set(d, start_phi) : hn::Mul(hn::Load(d, w), hn::Set(d, inverse[i]));
      const V others = hn::Max(hn::Sub(count, phi), hn::Zero(d));
      const V next = hn::Mul(hn::Add(others, a), hn::Load(d, rows[i] + k));
      hn::Store(next, d, w);
      sum[i] = hn::Add(sum[i], next);
    }
    weight += kRowBlock * lanes;
  }
  const hn::CappedTag<float, kRowBlock> block;
  HWY_ALIGN float sums[kRowBlock];
  StoreLaneSums(d, sum, sums);
  for (size_t i = 0; i < kRowBlock; i += hn::Lanes(block)) {
    hn::StoreU(Reciprocal(block, hn::Load(block, sums + i)), block, inverse + i);
  }
}

// sums_k += Sum_i n_i phi_ik of a block.
HWY_INLINE void AddBlock(const float* HWY_RESTRICT weight, const float* HWY_RESTRICT inverse,
                         const float* HWY_RESTRICT counts, size_t stride,
                         float* HWY_RESTRICT sums) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V q[kRowBlock];
  for (size_t i = 0; i < kRowBlock; ++i) q[i] = hn::Set(d, counts[i] * inverse[i]);
  for (size_t k = 0; k < stride; k += lanes) {
    V acc = hn::Load(d, sums + k);
#pragma GCC unroll 8
    for (size_t i = 0; i < kRowBlock; ++i) {
      acc = hn::MulAdd(q[i], hn::Load(d, weight + i * lanes), acc);
    }
    hn::Store(acc, d, sums + k);
    weight += kRowBlock * lanes;
  }
}

void Cvb0Iteration(const Cvb0Entries& entries, const float* HWY_RESTRICT alpha,
                   const float* HWY_RESTRICT topic_counts, float start_phi, size_t stride,
                   float* HWY_RESTRICT sums) {
  Fill(sums, stride, 0.0f);
  const size_t padded = (entries.n + kRowBlock - 1) / kRowBlock * kRowBlock;
  // A block is added when the next one's weights are on their way: its own end a long chain of
  // latencies (sums over lanes, reciprocal).
  for (size_t i = 0; i < padded + kRowBlock; i += kRowBlock) {
    if (i < padded) {
      float* HWY_RESTRICT weight = entries.weight + i * stride;
      if (start_phi > 0.0f) {
        BlockWeights<true>(entries.rows + i, alpha, topic_counts, start_phi, stride, weight,
                           entries.inverse + i);
      } else {
        BlockWeights<false>(entries.rows + i, alpha, topic_counts, start_phi, stride, weight,
                            entries.inverse + i);
      }
    }
    if (i > 0) {
      const size_t last = i - kRowBlock;
      AddBlock(entries.weight + last * stride, entries.inverse + last, entries.counts + last,
               stride, sums);
    }
  }
}

float Cvb0Advance(const float* HWY_RESTRICT sums, size_t ranges, size_t stride,
                  float* HWY_RESTRICT topic_counts) {
  const F d;
  V change = hn::Zero(d);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    V next = hn::Load(d, sums + k);
    for (size_t r = 1; r < ranges; ++r) next = hn::Add(next, hn::Load(d, sums + r * stride + k));
    change = hn::Add(change, hn::AbsDiff(next, hn::Load(d, topic_counts + k)));
    hn::Store(next, d, topic_counts + k);
  }
  return hn::GetLane(hn::SumOfLanes(d, change));
}

void Cvb0Factors(const Cvb0Entries& entries, const float* HWY_RESTRICT gamma, size_t stride,
                 float* HWY_RESTRICT normalizer, float* HWY_RESTRICT ratio) {
  const F d;
  const hn::CappedTag<float, kRowBlock> block;
  for (size_t begin = 0; begin < entries.n; begin += kRowBlock) {
    const float* const* HWY_RESTRICT rows = entries.rows + begin;
    for (size_t i = begin; i < begin + kRowBlock; ++i) normalizer[i] = 1.0f / entries.inverse[i];
    V sum[kRowBlock];
    for (V& s : sum) s = hn::Zero(d);
    for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
      const V g = hn::Load(d, gamma + k);
#pragma GCC unroll 8
      for (size_t i = 0; i < kRowBlock; ++i) {
        const V row = hn::Load(d, rows[i] + k);
        const V inverse = Reciprocal(d, hn::Add(hn::Set(d, normalizer[begin + i]), row));
        sum[i] = hn::MulAdd(hn::Mul(row, inverse), g, sum[i]);
      }
    }
    HWY_ALIGN float sums[kRowBlock];
    StoreLaneSums(d, sum, sums);
    for (size_t i = 0; i < kRowBlock; i += hn::Lanes(block)) {
      const auto inverse = Reciprocal(block, hn::Load(block, sums + i));
      hn::StoreU(hn::Mul(hn::LoadU(block, entries.counts + begin + i), inverse), block,
                 ratio + begin + i);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(Cvb0Iteration);
HWY_EXPORT(Cvb0Advance);
HWY_EXPORT(Cvb0Factors);

void cvb0_iteration(const Cvb0Entries& entries, const float* alpha, const float* topic_counts,
                    float start_phi, std::size_t stride, float* sums) {
  HWY_DYNAMIC_DISPATCH(Cvb0Iteration)(entries, alpha, topic_counts, start_phi, stride, sums);
}

float cvb0_advance(const float* sums, std::size_t ranges, std::size_t stride, float* topic_counts) {
  return HWY_DYNAMIC_DISPATCH(Cvb0Advance)(sums, ranges, stride, topic_counts);
}

void cvb0_factors(const Cvb0Entries& entries, const float* gamma, std::size_t stride,
                  float* normalizer, float* ratio) {
  HWY_DYNAMIC_DISPATCH(Cvb0Factors)(entries, gamma, stride, normalizer, ratio);
}
}  // namespace svi_lda
#endif

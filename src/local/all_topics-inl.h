// An iteration of a document over all topics, in parts. Included once per Highway target.

#if defined(SVI_LDA_LOCAL_ALL_TOPICS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_LOCAL_ALL_TOPICS_INL_H_
#undef SVI_LDA_LOCAL_ALL_TOPICS_INL_H_
#else
#define SVI_LDA_LOCAL_ALL_TOPICS_INL_H_
#endif

#include <algorithm>

#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "local/kernels.h"
#include "math/exp_digamma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// E[log .] (VB) or log E[.] (means) of a Dirichlet parameter, up to its total.
template <LocalMethod kMethod>
HWY_INLINE V LogWeight(F d, V x) {
  if (kMethod == LocalMethod::kMeans) return hn::Log(d, x);
  return Digamma(d, x);
}

// n phi of one entry by a softmax in log space into phi; log_theta holds the topics' part.
template <LocalMethod kMethod>
HWY_NOINLINE void SlowEntry(const TopicContext& context, const float* HWY_RESTRICT m, float eta_bar,
                            const float* HWY_RESTRICT log_theta, float count,
                            float* HWY_RESTRICT phi) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const V s = hn::Set(d, context.scale);
  const V eta = hn::Set(d, eta_bar);
  for (size_t k = 0; k < context.stride; k += lanes) {
    const V lambda = hn::MulAdd(s, hn::Load(d, m + k), eta);
    hn::Store(hn::Add(LogWeight<kMethod>(d, lambda), hn::Load(d, log_theta + k)), d, phi + k);
  }
  const V top = hn::Set(d, MaxOf(phi, context.stride));
  V sum = hn::Zero(d);
  for (size_t k = 0; k < context.stride; k += lanes) {
    const V e = hn::Exp(d, hn::Max(hn::Sub(hn::Load(d, phi + k), top), hn::Set(d, -200.0f)));
    hn::Store(e, d, phi + k);
    sum = hn::Add(sum, e);
  }
  const V factor = hn::Div(hn::Set(d, count), hn::SumOfLanes(d, sum));
  for (size_t k = 0; k < context.stride; k += lanes) {
    hn::Store(hn::Mul(hn::Load(d, phi + k), factor), d, phi + k);
  }
}

// The entries of a block whose dot product is below the floor, in log space.
template <LocalMethod kMethod>
HWY_NOINLINE void SlowBlock(const TopicContext& context, const DocumentTask& task, size_t begin,
                            bool& any_slow) {
  const F d;
  const size_t stride = context.stride;
  float* HWY_RESTRICT slow = task.scratch.topics + stride;
  float* HWY_RESTRICT log_theta = task.scratch.topics + 2 * stride;
  for (size_t i = begin; i < begin + kRowBlock; ++i) {
    if (task.dots[i] >= kDotFloor) continue;
    task.ratio[i] = 0.0f;
    if (i >= task.n) continue;
    if (!any_slow) {
      any_slow = true;
      task.slow.clear(task.slow.owner);
      for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
        const V log_gamma = LogWeight<kMethod>(d, hn::Load(d, task.gamma + k));
        hn::Store(hn::Zero(d), d, slow + k);
        hn::Store(hn::Add(log_gamma, hn::Load(d, context.log_topic_factor + k)), d, log_theta + k);
      }
    }
    float* HWY_RESTRICT phi = task.slow.append(task.slow.owner, i);
    SlowEntry<kMethod>(context, task.m_rows[i], task.eta_bars[i], log_theta, task.counts[i], phi);
    for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
      hn::Store(hn::Add(hn::Load(d, slow + k), hn::Load(d, phi + k)), d, slow + k);
    }
  }
}

// etheta of the next iteration.
template <LocalMethod kMethod>
HWY_INLINE void BeginIteration(const TopicContext& context, const DocumentTask& task,
                               EthetaReference reference, bool dots_given) {
  if (dots_given) {
    std::copy_n(context.topic_factor, context.stride, task.etheta);
  } else {
    MakeEtheta<kMethod>(F(), task.gamma, context.topic_factor, reference, context.stride,
                        task.etheta);
  }
}

// Dot products, ratios and their sums, which are left in the first two rows of task.scratch.topics;
// whether any entry went to log space, and so into the second.
template <LocalMethod kMethod>
HWY_INLINE bool SumEntries(const TopicContext& context, const DocumentTask& task, bool dots_given) {
  constexpr size_t kMostStrideAhead = 256;
  const size_t stride = context.stride;
  const size_t words = (task.n + kRowBlock - 1) / kRowBlock * kRowBlock;
  float* acc = task.scratch.topics;
  Fill(acc, stride, 0.0f);
  bool any_slow = false;
  // The ratios of a block are ready, at the end of a long chain of latencies, by the time that
  // blocks in between have had their dot products taken. Not where these would fill L1.
  const size_t ahead = stride <= kMostStrideAhead ? 2 * kRowBlock : 0;
  for (size_t i = 0; i < words + ahead; i += kRowBlock) {
    if (i < words) {
      if (!dots_given) BlockDots(task.rows + i, task.etheta, stride, task.dots + i);
      if (HWY_UNLIKELY(!Ratios(hn::CappedTag<float, kRowBlock>(), task.counts + i, task.dots + i,
                               kRowBlock, task.ratio + i))) {
        SlowBlock<kMethod>(context, task, i, any_slow);
      }
    }
    if (i >= ahead) {
      BlockAccumulate(task.rows + (i - ahead), task.ratio + (i - ahead), stride, acc);
    }
  }
  if (!any_slow) task.slow.clear(task.slow.owner);
  return any_slow;
}

// slow: null where no entry went to log space. Returns the total change of gamma.
HWY_INLINE float NextGamma(const TopicContext& context, const DocumentTask& task, const float* sums,
                           const float* slow) {
  const F d;
  return slow != nullptr ? UpdateGamma<true>(d, context.alpha, task.etheta, sums, slow,
                                             context.stride, task.gamma, task.gamma)
                         : UpdateGamma<false>(d, context.alpha, task.etheta, sums, sums,
                                              context.stride, task.gamma, task.gamma);
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

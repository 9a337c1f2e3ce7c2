#include "local/sampling_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/sampling_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "base/random.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;

// The topics of one document's tokens.
class DocumentSampler {
 public:
  DocumentSampler(const SamplingContext& context, const SamplingTask& task)
      : context_(context), task_(task), state_(task.key) {}

  void Run() {
    const size_t burn_in = context_.sweeps - context_.kept;
    for (size_t sweep = 0; sweep < context_.sweeps; ++sweep) {
      if (sweep == 0) {
        Sweep<true>();
      } else {
        Sweep<false>();
      }
      if (sweep >= burn_in) Keep(sweep - burn_in);
    }
    Clear();
  }

 private:
  // Draws every token's topic, for the first time or anew.
  template <bool kFirst>
  void Sweep() {
    for (size_t t = 0, i = 0; i < task_.n; ++i) {
      const float* HWY_RESTRICT row = task_.rows[i];
      const float smoothing = task_.smoothing[i];
      for (uint32_t c = 0; c < task_.tokens[i]; ++c, ++t) {
        if (!kFirst) Remove(task_.scratch.assigned[t]);
        Add(task_.scratch.assigned[t] = Draw(row, smoothing));
      }
    }
  }

  HWY_INLINE void Add(uint32_t k) {
    const uint32_t at = task_.scratch.place[k];
    if (at < used_ && task_.scratch.topic[at] == k) {
      task_.scratch.count[at] += 1.0f;
      return;
    }
    task_.scratch.topic[used_] = k;
    task_.scratch.count[used_] = 1.0f;
    task_.scratch.place[k] = static_cast<uint32_t>(used_++);
  }

  HWY_INLINE void Remove(uint32_t k) {
    const uint32_t at = task_.scratch.place[k];
    if ((task_.scratch.count[at] -= 1.0f) > 0.0f) return;
    --used_;
    const uint32_t last = task_.scratch.topic[used_];
    task_.scratch.topic[at] = last;
    task_.scratch.count[at] = task_.scratch.count[used_];
    task_.scratch.place[last] = at;
    task_.scratch.count[used_] = 0.0f;
  }

  // Uniform in [0, 1), 24 bits.
  HWY_INLINE float Uniform() {
    const uint64_t bits = mix64(state_);
    state_ += 0x9e3779b97f4a7c15u;
    return static_cast<float>(bits >> 40) * 0x1.0p-24f;
  }

  HWY_INLINE uint32_t Draw(const float* HWY_RESTRICT row, float smoothing) {
    const F d;
    const hn::RebindToSigned<F> di;
    float* HWY_RESTRICT weight = task_.scratch.weight;
    V sum = hn::Zero(d);
    for (size_t j = 0; j < used_; j += hn::Lanes(d)) {
      const auto topics =
          hn::BitCast(di, hn::Load(hn::RebindToUnsigned<F>(), task_.scratch.topic + j));
      const V w = hn::Mul(hn::Load(d, task_.scratch.count + j), hn::GatherIndex(d, row, topics));
      hn::Store(w, d, weight + j);
      sum = hn::Add(sum, w);
    }
    const float used = used_ == 0 ? 0.0f : hn::GetLane(hn::SumOfLanes(d, sum));
    float u = Uniform() * (used + smoothing);
    if (u < used) {
      size_t j = 0;
      for (; j + 1 < used_ && u >= weight[j]; ++j) u -= weight[j];
      return task_.scratch.topic[j];
    }
    return DrawSmoothing(row, u - used);
  }

  // The topic where the running sum of alpha_k row_k passes u; the last with weight where rounding
  // leaves some over.
  HWY_NOINLINE uint32_t DrawSmoothing(const float* HWY_RESTRICT row, float u) {
    const F d;
    HWY_ALIGN float lanes[HWY_MAX_BYTES / sizeof(float)];
    size_t last = 0;
    for (size_t k = 0; k < context_.stride; k += hn::Lanes(d)) {
      const V w = hn::Mul(hn::Load(d, context_.alpha + k), hn::Load(d, row + k));
      const float sum = hn::GetLane(hn::SumOfLanes(d, w));
      if (sum > 0.0f) last = k;
      if (u >= sum) {
        u -= sum;
        continue;
      }
      last = k;
      break;
    }
    hn::Store(hn::Mul(hn::Load(d, context_.alpha + last), hn::Load(d, row + last)), d, lanes);
    size_t chosen = 0;
    for (size_t i = 0; i < hn::Lanes(d); ++i) {
      if (lanes[i] <= 0.0f) continue;
      chosen = i;
      if (u < lanes[i]) break;
      u -= lanes[i];
    }
    return static_cast<uint32_t>(last + chosen);
  }

  // The present topics as sample number `kept`.
  void Keep(size_t kept) {
    uint32_t* HWY_RESTRICT out = task_.samples;
    for (size_t t = 0, i = 0; i < task_.n; ++i) {
      const uint32_t tokens = task_.tokens[i];
      for (uint32_t c = 0; c < tokens; ++c, ++t) out[kept * tokens + c] = task_.scratch.assigned[t];
      out += context_.kept * tokens;
    }
  }

  // Leaves counts as they must be found: 0.
  void Clear() {
    for (size_t j = 0; j < used_; ++j) task_.scratch.count[j] = 0.0f;
  }

  const SamplingContext& context_;
  const SamplingTask& task_;
  uint64_t state_;
  size_t used_ = 0;
};

float SamplingRow(const float* HWY_RESTRICT m, float scale, float eta_bar,
                  const float* HWY_RESTRICT factor, const float* HWY_RESTRICT alpha, size_t stride,
                  float* HWY_RESTRICT out) {
  const F d;
  V sum = hn::Zero(d);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    const V lambda = hn::MulAdd(hn::Set(d, scale), hn::Load(d, m + k), hn::Set(d, eta_bar));
    const V p = hn::Mul(lambda, hn::Load(d, factor + k));
    hn::Store(p, d, out + k);
    sum = hn::MulAdd(hn::Load(d, alpha + k), p, sum);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void SampleDocument(const SamplingContext& context, const SamplingTask& task) {
  DocumentSampler(context, task).Run();
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(SamplingRow);
HWY_EXPORT(SampleDocument);

float sampling_row(const float* m, float scale, float eta_bar, const float* factor,
                   const float* alpha, std::size_t stride, float* out) {
  return HWY_DYNAMIC_DISPATCH(SamplingRow)(m, scale, eta_bar, factor, alpha, stride, out);
}

void sample_document(const SamplingContext& context, const SamplingTask& task) {
  HWY_DYNAMIC_DISPATCH(SampleDocument)(context, task);
}
}  // namespace svi_lda
#endif

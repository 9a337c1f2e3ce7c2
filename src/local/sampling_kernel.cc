#include "local/sampling_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/sampling_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "base/random.h"
#include "hwy/highway.h"
#include "local/lane_scan-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = LaneFloats;
using V = hn::Vec<F>;
using DI = hn::RebindToSigned<F>;
using VI = hn::Vec<DI>;
using M = hn::Mask<F>;

constexpr size_t kMostInLanes = 4 * kLanes;
static_assert(kMostInLanes <= kPackedFloats);

// The topics of one document's tokens. As long as the document uses few topics, they and their
// counts stay in the lanes of some registers, and a token's topic is known by its lane: memory
// between one draw and the next would cost more than the draw.
class DocumentSampler {
 public:
  DocumentSampler(const SamplingContext& context, const SamplingTask& task)
      : context_(context), task_(task), state_(task.key) {
    for (size_t i = 0; i < kMostInLanes + kLanes; ++i) {
      lane_count_[i] = 0.0f;
      lane_topic_[i] = -1;
    }
  }

  void Run() {
    ClearLanes(0, 1);
    const size_t burn_in = context_.sweeps - context_.kept;
    for (size_t sweep = 0; sweep < context_.sweeps; ++sweep) {
      entry_ = copy_ = token_ = 0;
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
    while (vectors_ != 0 && entry_ < task_.n) {
      const bool done = vectors_ == 1   ? SweepInLanes<kFirst, 1>()
                        : vectors_ == 2 ? SweepInLanes<kFirst, 2>()
                                        : SweepInLanes<kFirst, 4>();
      if (done) return;
      if (vectors_ == 4) {
        LeaveLanes<kFirst>();
        vectors_ = 0;
      } else {
        Widen();
      }
    }
    SweepInMemory<kFirst>();
  }

  // Goes on with the topics in the lanes of kVectors vectors to the end of the sweep; or until one
  // finds no lane, which gets the first beyond those, and false.
  template <bool kFirst, int kVectors>
  bool SweepInLanes() {
    const F d;
    const DI di;
    const LaneScan scan;
    const V one = hn::Set(d, 1.0f);
    V count[kVectors];
    VI topic[kVectors];
    VI lane[kVectors];
    for (size_t j = 0; j < kVectors; ++j) {
      count[j] = hn::Load(d, lane_count_ + j * kLanes);
      topic[j] = hn::Load(di, lane_topic_ + j * kLanes);
      lane[j] = hn::Iota(di, static_cast<int32_t>(j * kLanes));
    }
    size_t entry = entry_;
    size_t copy = copy_;
    size_t token = token_;
    uint64_t state = state_;
    uint32_t* HWY_RESTRICT assigned = task_.scratch.assigned;
    const auto save = [&]() HWY_ATTR {
      for (size_t j = 0; j < kVectors; ++j) {
        hn::Store(count[j], d, lane_count_ + j * kLanes);
        hn::Store(topic[j], di, lane_topic_ + j * kLanes);
      }
      entry_ = entry;
      copy_ = copy;
      token_ = token;
      state_ = state;
    };
    for (; entry < task_.n; ++entry, copy = 0) {
      const float* HWY_RESTRICT packed = task_.scratch.packed + entry * kMostInLanes;
      const V smoothing = hn::Set(d, task_.smoothing[entry]);
      for (; copy < task_.tokens[entry]; ++copy, ++token) {
        if (!kFirst) {
          const VI was = hn::Set(di, static_cast<int32_t>(assigned[token]));
          for (size_t j = 0; j < kVectors; ++j) {
            const M here = hn::RebindMask(d, hn::Eq(lane[j], was));
            count[j] = hn::Sub(count[j], hn::IfThenElseZero(here, one));
          }
        }
        V sums[kVectors];
        V total = hn::Zero(d);
        for (size_t j = 0; j < kVectors; ++j) {
          sums[j] = scan.Sums(hn::Mul(count[j], hn::Load(d, packed + j * kLanes)));
        }
        for (size_t j = 0; j < kVectors; ++j) {
          if (j > 0) sums[j] = hn::Add(sums[j], total);
          total = scan.Last(sums[j]);
        }
        const V u = hn::Mul(hn::Set(d, Uniform(state)), hn::Add(total, smoothing));
        // Sums may fall by rounding where a lane adds nothing: such a lane is never the one.
        size_t at = kVectors * kLanes;
        for (size_t j = kVectors; j-- > 0;) {
          const M passes = hn::And(hn::Gt(sums[j], u), hn::Gt(count[j], hn::Zero(d)));
          const intptr_t found = hn::FindFirstTrue(d, passes);
          at = found >= 0 ? j * kLanes + static_cast<size_t>(found) : at;
        }
        if (HWY_UNLIKELY(at == kVectors * kLanes)) {
          const auto k = static_cast<int32_t>(
              DrawSmoothing(task_.rows[entry], hn::GetLane(hn::Sub(u, total))));
          at = LaneWith<kVectors>(k, topic);
          if (at == kVectors * kLanes) {
            at = FreeLane<kVectors>(count);
            if (at == kVectors * kLanes) {
              assigned[token++] = static_cast<uint32_t>(at);
              ++copy;
              save();
              lane_count_[at] = 1.0f;
              lane_topic_[at] = k;
              return false;
            }
            Pack(at, k);
            const VI to = hn::Set(di, static_cast<int32_t>(at));
            for (size_t j = 0; j < kVectors; ++j) {
              topic[j] = hn::IfThenElse(hn::Eq(lane[j], to), hn::Set(di, k), topic[j]);
            }
          }
        }
        assigned[token] = static_cast<uint32_t>(at);
        const VI now = hn::Set(di, static_cast<int32_t>(at));
        for (size_t j = 0; j < kVectors; ++j) {
          const M here = hn::RebindMask(d, hn::Eq(lane[j], now));
          count[j] = hn::Add(count[j], hn::IfThenElseZero(here, one));
        }
      }
    }
    save();
    return true;
  }

  // The first lane that holds topic k, kVectors * kLanes where none does.
  template <int kVectors>
  static HWY_INLINE size_t LaneWith(int32_t k, const VI* topic) {
    const DI di;
    for (size_t j = 0; j < kVectors; ++j) {
      const intptr_t found = hn::FindFirstTrue(di, hn::Eq(topic[j], hn::Set(di, k)));
      if (found >= 0) return j * kLanes + static_cast<size_t>(found);
    }
    return kVectors * kLanes;
  }

  // The first lane whose topic no token has, kVectors * kLanes where all are in use.
  template <int kVectors>
  static HWY_INLINE size_t FreeLane(const V* count) {
    const F d;
    for (size_t j = 0; j < kVectors; ++j) {
      const intptr_t found = hn::FindFirstTrue(d, hn::Eq(count[j], hn::Zero(d)));
      if (found >= 0) return j * kLanes + static_cast<size_t>(found);
    }
    return kVectors * kLanes;
  }

  // Puts column k of the rows into lane `at`.
  HWY_INLINE void Pack(size_t at, int32_t k) {
    float* HWY_RESTRICT to = task_.scratch.packed + at;
    for (size_t i = 0; i < task_.n; ++i) to[i * kMostInLanes] = task_.rows[i][k];
  }

  // Lanes of vectors from `first` on hold no topic yet: their columns must be numbers.
  void ClearLanes(size_t first, size_t last) {
    const F d;
    for (size_t i = 0; i < task_.n; ++i) {
      for (size_t j = first; j < last; ++j) {
        hn::Store(hn::Zero(d), d, task_.scratch.packed + i * kMostInLanes + j * kLanes);
      }
    }
  }

  // Twice as many vectors; the topic that found no lane is in the first of the new ones.
  void Widen() {
    const size_t before = static_cast<size_t>(vectors_);
    vectors_ *= 2;
    ClearLanes(before, 2 * before);
    Pack(before * kLanes, lane_topic_[before * kLanes]);
  }

  // From lanes to lists in memory, in the middle of a sweep.
  template <bool kFirst>
  void LeaveLanes() {
    size_t tokens = token_;
    if (!kFirst) {
      tokens = 0;
      for (size_t i = 0; i < task_.n; ++i) tokens += task_.tokens[i];
    }
    for (size_t t = 0; t < tokens; ++t) {
      uint32_t& assigned = task_.scratch.assigned[t];
      assigned = static_cast<uint32_t>(lane_topic_[assigned]);
      Add(assigned);
    }
  }

  template <bool kFirst>
  void SweepInMemory() {
    for (; entry_ < task_.n; ++entry_, copy_ = 0) {
      const float* HWY_RESTRICT row = task_.rows[entry_];
      const float smoothing = task_.smoothing[entry_];
      for (; copy_ < task_.tokens[entry_]; ++copy_, ++token_) {
        if (!kFirst) Remove(task_.scratch.assigned[token_]);
        Add(task_.scratch.assigned[token_] = Draw(row, smoothing));
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
  static HWY_INLINE float Uniform(uint64_t& state) {
    const uint64_t bits = mix64(state);
    state += 0x9e3779b97f4a7c15u;
    return static_cast<float>(bits >> 40) * 0x1.0p-24f;
  }

  HWY_INLINE uint32_t Draw(const float* HWY_RESTRICT row, float smoothing) {
    const F d;
    const DI di;
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
    float u = Uniform(state_) * (used + smoothing);
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
    HWY_ALIGN float lanes[kLanes];
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
      for (uint32_t c = 0; c < tokens; ++c, ++t) {
        const uint32_t assigned = task_.scratch.assigned[t];
        out[kept * tokens + c] =
            vectors_ != 0 ? static_cast<uint32_t>(lane_topic_[assigned]) : assigned;
      }
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
  // The next token to draw: copy number copy_ of entry_.
  size_t entry_ = 0;
  size_t copy_ = 0;
  size_t token_ = 0;
  // How many vectors hold the document's topics; 0: they are in memory.
  int vectors_ = 1;
  HWY_ALIGN float lane_count_[kMostInLanes + kLanes];
  HWY_ALIGN int32_t lane_topic_[kMostInLanes + kLanes];
  size_t used_ = 0;  // topics in memory
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

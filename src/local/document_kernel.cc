#include "local/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/document_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "math/exp_digamma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

HWY_INLINE void Fill(float* HWY_RESTRICT out, size_t n, float value) {
  const F d;
  for (size_t k = 0; k < n; k += hn::Lanes(d)) hn::Store(hn::Set(d, value), d, out + k);
}

// E[log .] (VB) or log E[.] (means) of a Dirichlet parameter, up to its total.
template <LocalMethod kMethod>
HWY_INLINE V LogWeight(F d, V x) {
  if (kMethod == LocalMethod::kMeans) return hn::Log(d, x);
  return Digamma(d, x);
}

// n phi of one entry by a softmax in log space into phi; log_theta holds the topics' part.
template <LocalMethod kMethod>
HWY_NOINLINE void SlowEntry(const TopicContext& context, const float* HWY_RESTRICT m,
                            const float* HWY_RESTRICT log_theta, float count,
                            float* HWY_RESTRICT phi) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const V s = hn::Set(d, context.scale);
  const V eta = hn::Set(d, context.eta_bar);
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

// What an update of gamma over n topics has done.
struct GammaUpdate {
  float change;  // Sum |gamma_k - before|
  float top;     // max gamma_k
};

// gamma_k <- alpha_k + etheta_k acc_k (+ extra_k)
template <bool kExtra>
HWY_INLINE GammaUpdate UpdateGamma(const float* HWY_RESTRICT alpha,
                                   const float* HWY_RESTRICT etheta, const float* HWY_RESTRICT acc,
                                   const float* HWY_RESTRICT extra, size_t n,
                                   float* HWY_RESTRICT gamma) {
  const F d;
  V change = hn::Zero(d);
  V top = hn::Zero(d);
  for (size_t k = 0; k < n; k += hn::Lanes(d)) {
    V next = hn::MulAdd(hn::Load(d, etheta + k), hn::Load(d, acc + k), hn::Load(d, alpha + k));
    if (kExtra) next = hn::Add(next, hn::Load(d, extra + k));
    change = hn::Add(change, hn::AbsDiff(next, hn::Load(d, gamma + k)));
    top = hn::Max(top, next);
    hn::Store(next, d, gamma + k);
  }
  return {hn::GetLane(hn::SumOfLanes(d, change)), hn::GetLane(hn::MaxOfLanes(d, top))};
}

// ratio = counts / dots over n places; false where any dot is below the floor, or not a number.
HWY_INLINE bool Ratios(const float* HWY_RESTRICT counts, const float* HWY_RESTRICT dots, size_t n,
                       float* HWY_RESTRICT ratio) {
  const hn::CappedTag<float, kRowBlock> d;
  bool above = true;
  for (size_t i = 0; i < n; i += hn::Lanes(d)) {
    const auto dot = hn::LoadU(d, dots + i);
    above &= hn::AllTrue(d, hn::Ge(dot, hn::Set(d, kDotFloor)));
    hn::StoreU(hn::Div(hn::LoadU(d, counts + i), dot), d, ratio + i);
  }
  return above;
}

// The local step of one document.
template <LocalMethod kMethod>
class DocumentKernel {
 public:
  DocumentKernel(const TopicContext& context, const DocumentTask& task)
      : context_(context),
        task_(task),
        padded_((task.n + kWordPad - 1) / kWordPad * kWordPad),
        allowed_change_(context.tolerance * static_cast<float>(context.num_topics)) {}

  DocumentOutcome Run() {
    max_gamma_ = MaxOf(task_.gamma, context_.stride);
    for (;;) {
      const float change = DenseIteration();
      if (!(change < 1e30f)) {
        outcome_.finite = false;
        return outcome_;
      }
      if (change < allowed_change_ || outcome_.iterations >= context_.max_iterations) {
        return outcome_;
      }
      // The last iteration is always one over all topics.
      if (outcome_.iterations + 2 <= context_.max_iterations && Pack()) PackedIterations();
    }
  }

 private:
  float* Row(size_t i) const { return task_.scratch.topics + i * context_.stride; }

  // One iteration over all topics; returns the total change of gamma.
  float DenseIteration() {
    const size_t stride = context_.stride;
    float* acc = Row(0);
    float* slow = Row(1);
    MakeEtheta<kMethod>(task_.gamma, context_.topic_factor, max_gamma_, stride, task_.etheta);
    Fill(acc, stride, 0.0f);
    bool any_slow = false;
    const bool given = task_.dots_given && outcome_.iterations == 0;
    for (size_t i = 0; i < padded_; i += kRowBlock) {
      if (!given) BlockDots(task_.rows + i, task_.etheta, stride, task_.dots + i);
      if (HWY_UNLIKELY(!Ratios(task_.counts + i, task_.dots + i, kRowBlock, task_.ratio + i))) {
        SlowBlock(i, any_slow);
      }
      BlockAccumulate(task_.rows + i, task_.ratio + i, stride, acc);
    }
    if (!any_slow) task_.slow.clear(task_.slow.owner);
    const GammaUpdate update =
        any_slow ? UpdateGamma<true>(context_.alpha, task_.etheta, acc, slow, stride, task_.gamma)
                 : UpdateGamma<false>(context_.alpha, task_.etheta, acc, slow, stride, task_.gamma);
    max_gamma_ = update.top;
    ++outcome_.iterations;
    outcome_.multiply_adds += 2 * padded_ * stride;
    return update.change;
  }

  // The entries of a block whose dot product is below the floor, in log space.
  void SlowBlock(size_t begin, bool& any_slow) {
    const F d;
    const size_t stride = context_.stride;
    float* HWY_RESTRICT slow = Row(1);
    float* HWY_RESTRICT log_theta = Row(2);
    for (size_t i = begin; i < begin + kRowBlock; ++i) {
      if (task_.dots[i] >= kDotFloor) continue;
      task_.ratio[i] = 0.0f;
      if (i >= task_.n) continue;
      if (!any_slow) {
        any_slow = true;
        task_.slow.clear(task_.slow.owner);
        for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
          const V log_gamma = LogWeight<kMethod>(d, hn::Load(d, task_.gamma + k));
          hn::Store(hn::Zero(d), d, slow + k);
          hn::Store(hn::Add(log_gamma, hn::Load(d, context_.log_topic_factor + k)), d,
                    log_theta + k);
        }
      }
      float* HWY_RESTRICT phi = task_.slow.append(task_.slow.owner, i);
      SlowEntry<kMethod>(context_, task_.m_rows[i], log_theta, task_.counts[i], phi);
      for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
        hn::Store(hn::Add(hn::Load(d, slow + k), hn::Load(d, phi + k)), d, slow + k);
      }
    }
  }

  // The largest of three cuts below which gamma - alpha may be left out.
  float Cut() const {
    const F d;
    const float budget = kPrunedShare * allowed_change_;
    const float base = kPrunedShare * context_.tolerance;
    V small = hn::Zero(d);
    V large = hn::Zero(d);
    for (size_t k = 0; k < context_.stride; k += hn::Lanes(d)) {
      const V mass = hn::Sub(hn::Load(d, task_.gamma + k), hn::Load(d, context_.alpha + k));
      small = hn::Add(small, hn::IfThenElseZero(hn::Le(mass, hn::Set(d, 4.0f * base)), mass));
      large = hn::Add(large, hn::IfThenElseZero(hn::Le(mass, hn::Set(d, 16.0f * base)), mass));
    }
    if (hn::GetLane(hn::SumOfLanes(d, large)) <= budget) return 16.0f * base;
    if (hn::GetLane(hn::SumOfLanes(d, small)) <= budget) return 4.0f * base;
    return base;
  }

  // Packs the columns of the live topics, topic by topic; false where that does not pay.
  bool Pack() {
    cut_ = Cut();
    const size_t most = context_.stride / 3;
    size_t live = 0;
    for (size_t k = 0; k < context_.num_topics; ++k) {
      if (task_.gamma[k] - context_.alpha[k] > cut_) {
        if (live == most) return false;
        task_.scratch.live[live++] = static_cast<uint32_t>(k);
      }
    }
    if (live == 0 || live * padded_ > task_.scratch.packed_floats) return false;
    live_ = live;
    for (size_t j = 0; j < live; ++j) {
      const uint32_t k = task_.scratch.live[j];
      task_.scratch.live_rows[j] = task_.scratch.packed + j * padded_;
      Row(3)[j] = task_.gamma[k];
      Row(4)[j] = context_.alpha[k];
      Row(5)[j] = context_.topic_factor[k];
    }
    PackColumns();
    PadLive();
    return true;
  }

  // Four words at a time, so that their row pointers stay in registers.
  void PackColumns() {
    const uint32_t* HWY_RESTRICT live = task_.scratch.live;
    for (size_t i = 0; i < padded_; i += 4) {
      const float* HWY_RESTRICT r0 = task_.rows[i];
      const float* HWY_RESTRICT r1 = task_.rows[i + 1];
      const float* HWY_RESTRICT r2 = task_.rows[i + 2];
      const float* HWY_RESTRICT r3 = task_.rows[i + 3];
      float* HWY_RESTRICT out = task_.scratch.packed + i;
      for (size_t j = 0; j < live_; ++j, out += padded_) {
        const uint32_t k = live[j];
        out[0] = r0[k];
        out[1] = r1[k];
        out[2] = r2[k];
        out[3] = r3[k];
      }
    }
  }

  // Fills the live topics up to whole blocks and vectors with topics of no weight.
  void PadLive() {
    padded_live_ = (live_ + kRowBlock - 1) / kRowBlock * kRowBlock;
    vector_live_ = (live_ + kWordPad - 1) / kWordPad * kWordPad;
    for (size_t j = live_; j < vector_live_; ++j) {
      task_.scratch.live_rows[j] = task_.scratch.live_rows[0];
      Row(3)[j] = kSmallestParameter;
      Row(4)[j] = kSmallestParameter;
      Row(5)[j] = 0.0f;
    }
  }

  // Takes out topics that have died since; their columns stay where they are. Their gamma is final
  // until the next iteration over all topics.
  void Compact() {
    size_t kept = 0;
    for (size_t j = 0; j < live_; ++j) {
      if (Row(3)[j] - Row(4)[j] <= cut_) {
        task_.gamma[task_.scratch.live[j]] = Row(3)[j];
        continue;
      }
      task_.scratch.live[kept] = task_.scratch.live[j];
      task_.scratch.live_rows[kept] = task_.scratch.live_rows[j];
      for (size_t row = 3; row <= 5; ++row) Row(row)[kept] = Row(row)[j];
      ++kept;
    }
    live_ = kept;
    PadLive();
  }

  // Compacts where that saves a block.
  void CompactIfSmaller() {
    size_t still = 0;
    for (size_t j = 0; j < live_; ++j) still += Row(3)[j] - Row(4)[j] > cut_;
    if (still > 0 && still + kRowBlock <= padded_live_) Compact();
  }

  // Iterates the live topics alone until they move less than the tolerance. Here topics are the
  // rows, [live x words], so that the roles of the two block operations are exchanged.
  void PackedIterations() {
    float* gamma = Row(3);
    const float* alpha = Row(4);
    const float* factor = Row(5);
    float* etheta = Row(6);
    float* acc = Row(7);
    float* before = Row(8);
    const F d;
    float top = max_gamma_;
    for (;;) {
      MakeEtheta<kMethod>(gamma, factor, top, vector_live_, etheta);
      Fill(task_.dots, padded_, 0.0f);
      for (size_t j = 0; j < padded_live_; j += kRowBlock) {
        BlockAccumulate(task_.scratch.live_rows + j, etheta + j, padded_, task_.dots);
      }
      if (HWY_UNLIKELY(!Ratios(task_.counts, task_.dots, padded_, task_.ratio))) break;
      for (size_t j = 0; j < padded_live_; j += kRowBlock) {
        BlockDots(task_.scratch.live_rows + j, task_.ratio, padded_, acc + j);
      }
      for (size_t k = padded_live_; k < vector_live_; ++k) acc[k] = 0.0f;
      for (size_t k = 0; k < vector_live_; k += hn::Lanes(d)) {
        hn::Store(hn::Load(d, gamma + k), d, before + k);
      }
      const GammaUpdate update = UpdateGamma<false>(alpha, etheta, acc, acc, vector_live_, gamma);
      ++outcome_.iterations;
      outcome_.multiply_adds += 2 * padded_ * padded_live_;
      if (!(update.change < 1e30f)) {
        for (size_t k = 0; k < vector_live_; ++k) gamma[k] = before[k];
        break;
      }
      top = update.top;
      if (update.change < allowed_change_ || outcome_.iterations + 1 >= context_.max_iterations) {
        break;
      }
      if (live_ > kRowBlock) CompactIfSmaller();
    }
    for (size_t j = 0; j < live_; ++j) task_.gamma[task_.scratch.live[j]] = gamma[j];
    max_gamma_ = MaxOf(task_.gamma, context_.stride);
  }

  const TopicContext& context_;
  const DocumentTask& task_;
  const size_t padded_;
  const float allowed_change_;
  DocumentOutcome outcome_;
  float max_gamma_ = 0.0f;
  float cut_ = 0.0f;
  size_t live_ = 0;
  size_t padded_live_ = 0;
  size_t vector_live_ = 0;
};

DocumentOutcome InferDocumentVb(const TopicContext& context, const DocumentTask& task) {
  return DocumentKernel<LocalMethod::kVb>(context, task).Run();
}

DocumentOutcome InferDocumentMeans(const TopicContext& context, const DocumentTask& task) {
  return DocumentKernel<LocalMethod::kMeans>(context, task).Run();
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(InferDocumentVb);
HWY_EXPORT(InferDocumentMeans);

DocumentOutcome infer_document(LocalMethod method, const TopicContext& context,
                               const DocumentTask& task) {
  return method == LocalMethod::kVb ? HWY_DYNAMIC_DISPATCH(InferDocumentVb)(context, task)
                                    : HWY_DYNAMIC_DISPATCH(InferDocumentMeans)(context, task);
}
}  // namespace svi_lda
#endif

#include <algorithm>

#include "local/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/document_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "local/live_topics-inl.h"
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

// The local step of one document.
template <LocalMethod kMethod>
class DocumentKernel {
 public:
  DocumentKernel(const TopicContext& context, const DocumentTask& task)
      : context_(context),
        task_(task),
        padded_((task.n + kWordPad - 1) / kWordPad * kWordPad),
        allowed_change_(context.tolerance * static_cast<float>(context.num_topics)),
        // Sum_k gamma_k stays what it is.
        reference_(EthetaRelativeTo<kMethod>(SumOf(task.gamma, context.stride))),
        live_(context, task, padded_, reference_, allowed_change_) {}

  // Iterates over all topics until the document is done (false) or its live topics are packed and
  // may be stepped (true).
  bool ReachLive() {
    for (;;) {
      const float change = DenseIteration();
      if (!(change < 1e30f)) {
        outcome_.finite = false;
        return false;
      }
      if (change < allowed_change_ || outcome_.iterations >= context_.max_iterations) return false;
      // The last iteration is always one over all topics.
      if (outcome_.iterations + 2 <= context_.max_iterations && live_.Pack()) return true;
    }
  }

  // One iteration over the live topics; false where it was the last.
  bool StepLive() { return live_.Step(outcome_); }
  void LeaveLive() { live_.PutBack(); }

  const DocumentOutcome& outcome() const { return outcome_; }

 private:
  float* Row(size_t i) const { return task_.scratch.topics + i * context_.stride; }

  // One iteration over all topics; returns the total change of gamma.
  float DenseIteration() {
    const F d;
    const size_t stride = context_.stride;
    const size_t words = (task_.n + kRowBlock - 1) / kRowBlock * kRowBlock;
    float* acc = Row(0);
    float* slow = Row(1);
    const bool given = task_.dots_given && outcome_.iterations == 0;
    if (given) {
      std::copy_n(context_.topic_factor, stride, task_.etheta);
    } else {
      MakeEtheta<kMethod>(d, task_.gamma, context_.topic_factor, reference_, stride, task_.etheta);
    }
    Fill(acc, stride, 0.0f);
    bool any_slow = false;
    // The ratios of a block are ready, at the end of a long chain of latencies, by the time that
    // blocks in between have had their dot products taken. Not where these would fill L1.
    const size_t ahead = stride <= kMostStrideAhead ? 2 * kRowBlock : 0;
    for (size_t i = 0; i < words + ahead; i += kRowBlock) {
      if (i < words) {
        if (!given) BlockDots(task_.rows + i, task_.etheta, stride, task_.dots + i);
        if (HWY_UNLIKELY(!Ratios(hn::CappedTag<float, kRowBlock>(), task_.counts + i,
                                 task_.dots + i, kRowBlock, task_.ratio + i))) {
          SlowBlock(i, any_slow);
        }
      }
      if (i >= ahead) {
        BlockAccumulate(task_.rows + (i - ahead), task_.ratio + (i - ahead), stride, acc);
      }
    }
    if (!any_slow) task_.slow.clear(task_.slow.owner);
    ++outcome_.iterations;
    outcome_.multiply_adds += 2 * words * stride;
    return any_slow ? UpdateGamma<true>(d, context_.alpha, task_.etheta, acc, slow, stride,
                                        task_.gamma, task_.gamma)
                    : UpdateGamma<false>(d, context_.alpha, task_.etheta, acc, slow, stride,
                                         task_.gamma, task_.gamma);
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

  static constexpr size_t kMostStrideAhead = 256;

  const TopicContext& context_;
  const DocumentTask& task_;
  const size_t padded_;
  const float allowed_change_;
  const EthetaReference reference_;
  LiveTopics<kMethod> live_;
  DocumentOutcome outcome_;
};

// Two documents, whose iterations over live topics alternate. These are short and each waits for
// the one before; the processor fills the wait with the other document's.
template <LocalMethod kMethod>
HWY_INLINE void InferPair(const TopicContext& context, const DocumentTask* tasks,
                          DocumentOutcome* outcomes) {
  DocumentKernel<kMethod> a(context, tasks[0]);
  DocumentKernel<kMethod> b(context, tasks[1]);
  bool a_live = a.ReachLive();
  bool b_live = b.ReachLive();
  while (a_live || b_live) {
    bool a_goes_on = a_live;
    bool b_goes_on = b_live;
    while (a_goes_on && b_goes_on) {
      a_goes_on = a.StepLive();
      b_goes_on = b.StepLive();
    }
    while (a_goes_on) a_goes_on = a.StepLive();
    while (b_goes_on) b_goes_on = b.StepLive();
    if (a_live) {
      a.LeaveLive();
      a_live = a.ReachLive();
    }
    if (b_live) {
      b.LeaveLive();
      b_live = b.ReachLive();
    }
  }
  outcomes[0] = a.outcome();
  outcomes[1] = b.outcome();
}

template <LocalMethod kMethod>
HWY_INLINE void InferDocuments(const TopicContext& context, const DocumentTask* tasks, size_t count,
                               DocumentOutcome* outcomes) {
  size_t i = 0;
  for (; i + 2 <= count; i += 2) InferPair<kMethod>(context, tasks + i, outcomes + i);
  if (i == count) return;
  DocumentKernel<kMethod> kernel(context, tasks[i]);
  while (kernel.ReachLive()) {
    while (kernel.StepLive()) {
    }
    kernel.LeaveLive();
  }
  outcomes[i] = kernel.outcome();
}

void InferDocumentsVb(const TopicContext& context, const DocumentTask* tasks, size_t count,
                      DocumentOutcome* outcomes) {
  InferDocuments<LocalMethod::kVb>(context, tasks, count, outcomes);
}

void InferDocumentsMeans(const TopicContext& context, const DocumentTask* tasks, size_t count,
                         DocumentOutcome* outcomes) {
  InferDocuments<LocalMethod::kMeans>(context, tasks, count, outcomes);
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(InferDocumentsVb);
HWY_EXPORT(InferDocumentsMeans);

void infer_documents(LocalMethod method, const TopicContext& context, const DocumentTask* tasks,
                     std::size_t count, DocumentOutcome* outcomes) {
  if (method == LocalMethod::kVb) {
    HWY_DYNAMIC_DISPATCH(InferDocumentsVb)(context, tasks, count, outcomes);
  } else {
    HWY_DYNAMIC_DISPATCH(InferDocumentsMeans)(context, tasks, count, outcomes);
  }
}
}  // namespace svi_lda
#endif

#include "local/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/document_kernel.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "local/all_topics-inl.h"
#include "local/blocks-inl.h"
#include "local/live_topics-inl.h"
#include "math/exp_digamma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

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
  // One iteration over all topics; returns the total change of gamma.
  float DenseIteration() {
    const bool given = task_.dots_given && outcome_.iterations == 0;
    BeginIteration<kMethod>(context_, task_, reference_, given);
    const bool any_slow = SumEntries<kMethod>(context_, task_, given);
    ++outcome_.iterations;
    outcome_.multiply_adds += dense_multiply_adds(task_.n, context_.stride);
    const float* sums = task_.scratch.topics;
    return NextGamma(context_, task_, sums, any_slow ? sums + context_.stride : nullptr);
  }

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

template <LocalMethod kMethod>
HWY_INLINE void BeginWideIteration(const TopicContext& context, const DocumentTask& task,
                                   bool dots_given) {
  const float total = SumOf(task.gamma, context.stride);
  BeginIteration<kMethod>(context, task, EthetaRelativeTo<kMethod>(total), dots_given);
}

void BeginIterationVb(const TopicContext& context, const DocumentTask& task, bool dots_given) {
  BeginWideIteration<LocalMethod::kVb>(context, task, dots_given);
}

void BeginIterationMeans(const TopicContext& context, const DocumentTask& task, bool dots_given) {
  BeginWideIteration<LocalMethod::kMeans>(context, task, dots_given);
}

bool SumEntriesVb(const TopicContext& context, const DocumentTask& task, bool dots_given) {
  return SumEntries<LocalMethod::kVb>(context, task, dots_given);
}

bool SumEntriesMeans(const TopicContext& context, const DocumentTask& task, bool dots_given) {
  return SumEntries<LocalMethod::kMeans>(context, task, dots_given);
}

float NextGammaOfAll(const TopicContext& context, const DocumentTask& task, const float* sums,
                     const float* slow) {
  return NextGamma(context, task, sums, slow);
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(InferDocumentsVb);
HWY_EXPORT(InferDocumentsMeans);
HWY_EXPORT(BeginIterationVb);
HWY_EXPORT(BeginIterationMeans);
HWY_EXPORT(SumEntriesVb);
HWY_EXPORT(SumEntriesMeans);
HWY_EXPORT(NextGammaOfAll);

void infer_documents(LocalMethod method, const TopicContext& context, const DocumentTask* tasks,
                     std::size_t count, DocumentOutcome* outcomes) {
  if (method == LocalMethod::kVb) {
    HWY_DYNAMIC_DISPATCH(InferDocumentsVb)(context, tasks, count, outcomes);
  } else {
    HWY_DYNAMIC_DISPATCH(InferDocumentsMeans)(context, tasks, count, outcomes);
  }
}

void begin_iteration(LocalMethod method, const TopicContext& context, const DocumentTask& task,
                     bool dots_given) {
  if (method == LocalMethod::kVb) {
    HWY_DYNAMIC_DISPATCH(BeginIterationVb)(context, task, dots_given);
  } else {
    HWY_DYNAMIC_DISPATCH(BeginIterationMeans)(context, task, dots_given);
  }
}

bool sum_entries(LocalMethod method, const TopicContext& context, const DocumentTask& task,
                 bool dots_given) {
  return method == LocalMethod::kVb
             ? HWY_DYNAMIC_DISPATCH(SumEntriesVb)(context, task, dots_given)
             : HWY_DYNAMIC_DISPATCH(SumEntriesMeans)(context, task, dots_given);
}

float update_gamma(const TopicContext& context, const DocumentTask& task, const float* sums,
                   const float* slow) {
  return HWY_DYNAMIC_DISPATCH(NextGammaOfAll)(context, task, sums, slow);
}
}  // namespace svi_lda
#endif

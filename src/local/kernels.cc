#include "local/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "math/exp_digamma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;
// At most kWordBlock lanes: one block of words.
using B = hn::CappedTag<float, kWordBlock>;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void StoreLaneSums(F /*d*/, const V (&acc)[8], float* HWY_RESTRICT dots) {
  for (size_t i = 0; i < kWordBlock; ++i) dots[i] = hn::GetLane(acc[i]);
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
  for (size_t i = 0; i < kWordBlock; ++i) dots[i] = sums[i];
}

#endif

// dots of kWordBlock rows with etheta: every load of etheta serves eight words.
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

// acc_k += Sum_i ratio[i] rows[i][k] over kWordBlock words, in two chains that are added at the
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

template <LocalMethod kMethod>
HWY_INLINE DocumentOutcome InferDocument(const TopicContext& context, const DocumentTask& task) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  const B db;
  const size_t stride = context.stride;
  float* HWY_RESTRICT gamma = task.gamma;
  float* HWY_RESTRICT etheta = task.etheta;
  float* HWY_RESTRICT acc = task.work;
  float* HWY_RESTRICT slow = task.work + stride;
  float* HWY_RESTRICT log_theta = task.work + 2 * stride;
  const float topics = static_cast<float>(context.num_topics);
  const size_t padded = (task.n + kWordBlock - 1) / kWordBlock * kWordBlock;

  float max_gamma = MaxOf(gamma, stride);
  DocumentOutcome outcome;
  for (;;) {
    MakeEtheta<kMethod>(gamma, context.topic_factor, max_gamma, stride, etheta);
    for (size_t k = 0; k < stride; k += lanes) hn::Store(hn::Zero(d), d, acc + k);
    bool any_slow = false;
    for (size_t i = 0; i < padded; i += kWordBlock) {
      HWY_ALIGN float dots[kWordBlock];
      float* HWY_RESTRICT ratio = task.ratio + i;
      BlockDots(task.rows + i, etheta, stride, dots);
      bool below = false;
      for (size_t j = 0; j < kWordBlock; j += hn::Lanes(db)) {
        const auto dot = hn::LoadU(db, dots + j);
        // Not "dot < floor": that would let a NaN by.
        below |= !hn::AllTrue(db, hn::Ge(dot, hn::Set(db, kDotFloor)));
        hn::StoreU(hn::Div(hn::LoadU(db, task.counts + i + j), dot), db, ratio + j);
      }
      if (HWY_UNLIKELY(below)) {
        for (size_t j = 0; j < kWordBlock; ++j) {
          if (dots[j] >= kDotFloor) continue;
          ratio[j] = 0.0f;
          if (i + j >= task.n) continue;
          if (!any_slow) {
            any_slow = true;
            task.slow.clear(task.slow.owner);
            for (size_t k = 0; k < stride; k += lanes) {
              const V log_gamma = LogWeight<kMethod>(d, hn::Load(d, gamma + k));
              hn::Store(hn::Zero(d), d, slow + k);
              hn::Store(hn::Add(log_gamma, hn::Load(d, context.log_topic_factor + k)), d,
                        log_theta + k);
            }
          }
          float* HWY_RESTRICT phi = task.slow.append(task.slow.owner, i + j);
          SlowEntry<kMethod>(context, task.m_rows[i + j], log_theta, task.counts[i + j], phi);
          for (size_t k = 0; k < stride; k += lanes) {
            hn::Store(hn::Add(hn::Load(d, slow + k), hn::Load(d, phi + k)), d, slow + k);
          }
        }
      }
      BlockAccumulate(task.rows + i, ratio, stride, acc);
    }
    if (!any_slow) task.slow.clear(task.slow.owner);

    V change = hn::Zero(d);
    V top = hn::Zero(d);
    for (size_t k = 0; k < stride; k += lanes) {
      const V alpha = hn::Load(d, context.alpha + k);
      V next = hn::MulAdd(hn::Load(d, etheta + k), hn::Load(d, acc + k), alpha);
      if (any_slow) next = hn::Add(next, hn::Load(d, slow + k));
      change = hn::Add(change, hn::AbsDiff(next, hn::Load(d, gamma + k)));
      top = hn::Max(top, next);
      hn::Store(next, d, gamma + k);
    }
    ++outcome.iterations;
    const float total_change = hn::GetLane(hn::SumOfLanes(d, change));
    if (!(total_change < 1e30f)) {
      outcome.finite = false;
      return outcome;
    }
    if (total_change < context.tolerance * topics || outcome.iterations >= context.max_iterations) {
      return outcome;
    }
    max_gamma = hn::GetLane(hn::MaxOfLanes(d, top));
  }
}

DocumentOutcome InferDocumentVb(const TopicContext& context, const DocumentTask& task) {
  return InferDocument<LocalMethod::kVb>(context, task);
}

DocumentOutcome InferDocumentMeans(const TopicContext& context, const DocumentTask& task) {
  return InferDocument<LocalMethod::kMeans>(context, task);
}

void LambdaRow(const float* HWY_RESTRICT m, float scale, float eta_bar, size_t stride,
               float* HWY_RESTRICT out) {
  const F d;
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(hn::MulAdd(hn::Set(d, scale), hn::Load(d, m + k), hn::Set(d, eta_bar)), d, out + k);
  }
}

float ExpDigammaRow(const float* HWY_RESTRICT m, float scale, float eta_bar, size_t stride,
                    float* HWY_RESTRICT out) {
  const F d;
  LambdaRow(m, scale, eta_bar, stride, out);
  const float top = MaxOf(out, stride);
  const V inverse_p = hn::Div(hn::Set(d, 1.0f), ExpDigammaAtPlus4(d, hn::Set(d, top)));
  const V r = DigammaRecurrence4(d, hn::Set(d, top));
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(ExpDigammaRelative(d, hn::Load(d, out + k), inverse_p, r), d, out + k);
  }
  return top;
}

float EthetaFromGamma(const float* HWY_RESTRICT gamma, const float* HWY_RESTRICT topic_factor,
                      size_t stride, float* HWY_RESTRICT etheta) {
  const float top = MaxOf(gamma, stride);
  MakeEtheta<LocalMethod::kVb>(gamma, topic_factor, top, stride, etheta);
  return top;
}

void DocumentDots(const float* const* HWY_RESTRICT rows, size_t n, const float* HWY_RESTRICT etheta,
                  size_t stride, float* HWY_RESTRICT out) {
  for (size_t i = 0; i < n; i += kWordBlock) BlockDots(rows + i, etheta, stride, out + i);
}

double WeightedLambda(const float* HWY_RESTRICT m, double scale, double eta_bar,
                      const double* HWY_RESTRICT weights, size_t num_topics) {
  const hn::ScalableTag<double> dd;
  const hn::Rebind<float, decltype(dd)> df;
  const size_t lanes = hn::Lanes(dd);
  auto sum = hn::Zero(dd);
  size_t k = 0;
  for (; k + lanes <= num_topics; k += lanes) {
    const auto lambda = hn::MulAdd(hn::Set(dd, scale), hn::PromoteTo(dd, hn::LoadU(df, m + k)),
                                   hn::Set(dd, eta_bar));
    sum = hn::MulAdd(lambda, hn::LoadU(dd, weights + k), sum);
  }
  double total = hn::GetLane(hn::SumOfLanes(dd, sum));
  for (; k < num_topics; ++k) total += weights[k] * (eta_bar + scale * static_cast<double>(m[k]));
  return total;
}

const char* KernelTarget() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(InferDocumentVb);
HWY_EXPORT(InferDocumentMeans);
HWY_EXPORT(ExpDigammaRow);
HWY_EXPORT(LambdaRow);
HWY_EXPORT(EthetaFromGamma);
HWY_EXPORT(DocumentDots);
HWY_EXPORT(WeightedLambda);
HWY_EXPORT(KernelTarget);

DocumentOutcome infer_document(LocalMethod method, const TopicContext& context,
                               const DocumentTask& task) {
  return method == LocalMethod::kVb ? HWY_DYNAMIC_DISPATCH(InferDocumentVb)(context, task)
                                    : HWY_DYNAMIC_DISPATCH(InferDocumentMeans)(context, task);
}

float exp_digamma_row(const float* m, float scale, float eta_bar, std::size_t stride, float* out) {
  return HWY_DYNAMIC_DISPATCH(ExpDigammaRow)(m, scale, eta_bar, stride, out);
}

void lambda_row(const float* m, float scale, float eta_bar, std::size_t stride, float* out) {
  HWY_DYNAMIC_DISPATCH(LambdaRow)(m, scale, eta_bar, stride, out);
}

float etheta_from_gamma(const float* gamma, const float* topic_factor, std::size_t stride,
                        float* etheta) {
  return HWY_DYNAMIC_DISPATCH(EthetaFromGamma)(gamma, topic_factor, stride, etheta);
}

void document_dots(const float* const* rows, std::size_t n, const float* etheta, std::size_t stride,
                   float* out) {
  HWY_DYNAMIC_DISPATCH(DocumentDots)(rows, n, etheta, stride, out);
}

double weighted_lambda(const float* m, double scale, double eta_bar, const double* weights,
                       std::size_t num_topics) {
  return HWY_DYNAMIC_DISPATCH(WeightedLambda)(m, scale, eta_bar, weights, num_topics);
}

const char* kernel_target() { return HWY_DYNAMIC_DISPATCH(KernelTarget)(); }
}  // namespace svi_lda
#endif

// Iterations of a document over the few topics that it uses. Included once per Highway target.

#if defined(SVI_LDA_LOCAL_LIVE_TOPICS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_LOCAL_LIVE_TOPICS_INL_H_
#undef SVI_LDA_LOCAL_LIVE_TOPICS_INL_H_
#else
#define SVI_LDA_LOCAL_LIVE_TOPICS_INL_H_
#endif

#include <utility>

#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "local/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// One iteration's dot products, ratios and the sums over words of the first kRowBlock topics, of
// columns [live][words]: a vector of words at a time, each independent of the others, so that the
// latencies of one hide behind the next. False where a dot product is below the floor.
HWY_INLINE bool DotsAndFirstSums(const float* const* HWY_RESTRICT columns,
                                 const float* HWY_RESTRICT etheta, size_t live, size_t words,
                                 const float* HWY_RESTRICT counts, float* HWY_RESTRICT ratio,
                                 float* HWY_RESTRICT sums) {
  const F d;
  const float* HWY_RESTRICT c0 = columns[0];
  const float* HWY_RESTRICT c1 = columns[1];
  const float* HWY_RESTRICT c2 = columns[2];
  const float* HWY_RESTRICT c3 = columns[3];
  const float* HWY_RESTRICT c4 = columns[4];
  const float* HWY_RESTRICT c5 = columns[5];
  const float* HWY_RESTRICT c6 = columns[6];
  const float* HWY_RESTRICT c7 = columns[7];
  const V e0 = hn::Set(d, etheta[0]), e1 = hn::Set(d, etheta[1]);
  const V e2 = hn::Set(d, etheta[2]), e3 = hn::Set(d, etheta[3]);
  const V e4 = hn::Set(d, etheta[4]), e5 = hn::Set(d, etheta[5]);
  const V e6 = hn::Set(d, etheta[6]), e7 = hn::Set(d, etheta[7]);
  V a0 = hn::Zero(d), a1 = hn::Zero(d), a2 = hn::Zero(d), a3 = hn::Zero(d);
  V a4 = hn::Zero(d), a5 = hn::Zero(d), a6 = hn::Zero(d), a7 = hn::Zero(d);
  auto above = hn::FirstN(d, hn::Lanes(d));
  for (size_t i = 0; i < words; i += hn::Lanes(d)) {
    V s = hn::Mul(e0, hn::Load(d, c0 + i));
    V t = hn::Mul(e4, hn::Load(d, c4 + i));
    s = hn::MulAdd(e1, hn::Load(d, c1 + i), s);
    t = hn::MulAdd(e5, hn::Load(d, c5 + i), t);
    s = hn::MulAdd(e2, hn::Load(d, c2 + i), s);
    t = hn::MulAdd(e6, hn::Load(d, c6 + i), t);
    s = hn::MulAdd(e3, hn::Load(d, c3 + i), s);
    t = hn::MulAdd(e7, hn::Load(d, c7 + i), t);
    for (size_t j = kRowBlock; j < live; j += 4) {
      s = hn::MulAdd(hn::Set(d, etheta[j]), hn::Load(d, columns[j] + i), s);
      t = hn::MulAdd(hn::Set(d, etheta[j + 1]), hn::Load(d, columns[j + 1] + i), t);
      s = hn::MulAdd(hn::Set(d, etheta[j + 2]), hn::Load(d, columns[j + 2] + i), s);
      t = hn::MulAdd(hn::Set(d, etheta[j + 3]), hn::Load(d, columns[j + 3] + i), t);
    }
    const V dot = hn::Add(s, t);
    above = hn::And(above, hn::Ge(dot, hn::Set(d, kDotFloor)));
    const V q = hn::Mul(hn::Load(d, counts + i), Reciprocal(d, dot));
    hn::Store(q, d, ratio + i);
    a0 = hn::MulAdd(q, hn::Load(d, c0 + i), a0);
    a1 = hn::MulAdd(q, hn::Load(d, c1 + i), a1);
    a2 = hn::MulAdd(q, hn::Load(d, c2 + i), a2);
    a3 = hn::MulAdd(q, hn::Load(d, c3 + i), a3);
    a4 = hn::MulAdd(q, hn::Load(d, c4 + i), a4);
    a5 = hn::MulAdd(q, hn::Load(d, c5 + i), a5);
    a6 = hn::MulAdd(q, hn::Load(d, c6 + i), a6);
    a7 = hn::MulAdd(q, hn::Load(d, c7 + i), a7);
  }
  const V acc[8] = {a0, a1, a2, a3, a4, a5, a6, a7};
  StoreLaneSums(d, acc, sums);
  return hn::AllTrue(d, above);
}

// The live topics of one document: those above a cut, whose columns are packed topic by topic so
// that here topics are the rows, [live x words].
template <LocalMethod kMethod>
class LiveTopics {
 public:
  // words: the document's, padded. allowed_change: of Sum |change of gamma_k| at convergence.
  LiveTopics(const TopicContext& context, const DocumentTask& task, size_t words,
             EthetaReference reference, float allowed_change)
      : context_(context),
        task_(task),
        words_(words),
        reference_(reference),
        allowed_change_(allowed_change),
        gamma_(Row(3)),
        next_(Row(4)),
        alpha_(Row(5)),
        factor_(Row(6)),
        etheta_(Row(7)),
        sums_(Row(8)) {}

  // Packs the columns of the live topics; false where that does not pay.
  bool Pack() {
    const size_t most = HWY_MIN(context_.stride / kLiveShare,
                                task_.scratch.packed_floats / HWY_MAX(words_, size_t{1}));
    live_ = ChooseCut();
    if (live_ == 0 || live_ > most) return false;
    ListLive();
    for (size_t j = 0; j < live_; ++j) {
      const uint32_t k = task_.scratch.live[j];
      task_.scratch.live_rows[j] = task_.scratch.packed + j * words_;
      gamma_[j] = task_.gamma[k];
      alpha_[j] = context_.alpha[k];
      factor_[j] = context_.topic_factor[k];
    }
    PackColumns();
    PadLive();
    return true;
  }

  // One iteration of the live topics alone. False where it was the last: they moved less than
  // allowed, all iterations but one are done, or the iteration over all topics must deal with it.
  HWY_NOINLINE bool Step(DocumentOutcome& outcome) {
    const Block d;
    const float* const* columns = task_.scratch.live_rows;
    MakeEtheta<kMethod>(d, gamma_, factor_, reference_, padded_live_, etheta_);
    if (HWY_UNLIKELY(!DotsAndFirstSums(columns, etheta_, padded_live_, words_, task_.counts,
                                       task_.ratio, sums_))) {
      return false;
    }
    for (size_t j = kRowBlock; j < padded_live_; j += kRowBlock) {
      BlockDots(columns + j, task_.ratio, words_, sums_ + j);
    }
    const float change =
        UpdateGamma<false>(d, alpha_, etheta_, sums_, sums_, padded_live_, gamma_, next_);
    ++outcome.iterations;
    outcome.multiply_adds += 2 * words_ * padded_live_;
    if (!(change < 1e30f)) return false;
    std::swap(gamma_, next_);
    if (change < allowed_change_ || outcome.iterations + 1 >= context_.max_iterations) return false;
    if (live_ > kRowBlock) CompactIfSmaller();
    return true;
  }

  // Puts the gamma of the live topics back among all.
  void PutBack() {
    for (size_t j = 0; j < live_; ++j) task_.gamma[task_.scratch.live[j]] = gamma_[j];
  }

 private:
  // Topics come in blocks of kRowBlock: vectors of that many, so that what a block stored as one
  // vector is also loaded as one.
  using Block = hn::CappedTag<float, kRowBlock>;

  float* Row(size_t i) const { return task_.scratch.topics + i * context_.stride; }

  // Sets the largest of three cuts below which gamma - alpha may be left out; returns the number
  // of topics above it. Padding never is.
  size_t ChooseCut() {
    const F d;
    const float budget = kPrunedShare * allowed_change_;
    const float base = kPrunedShare * context_.tolerance;
    const V cut1 = hn::Set(d, base), cut4 = hn::Set(d, 4.0f * base),
            cut16 = hn::Set(d, 16.0f * base);
    V small = hn::Zero(d);
    V large = hn::Zero(d);
    size_t above1 = 0, above4 = 0, above16 = 0;
    for (size_t k = 0; k < context_.stride; k += hn::Lanes(d)) {
      const V mass = hn::Sub(hn::Load(d, task_.gamma + k), hn::Load(d, context_.alpha + k));
      const auto over4 = hn::Gt(mass, cut4);
      const auto over16 = hn::Gt(mass, cut16);
      small = hn::Add(small, hn::IfThenZeroElse(over4, mass));
      large = hn::Add(large, hn::IfThenZeroElse(over16, mass));
      above1 += hn::CountTrue(d, hn::Gt(mass, cut1));
      above4 += hn::CountTrue(d, over4);
      above16 += hn::CountTrue(d, over16);
    }
    cut_ = 16.0f * base;
    if (hn::GetLane(hn::SumOfLanes(d, large)) <= budget) return above16;
    cut_ = 4.0f * base;
    if (hn::GetLane(hn::SumOfLanes(d, small)) <= budget) return above4;
    cut_ = base;
    return above1;
  }

  // Numbers of the topics above the cut, ascending, into scratch.live.
  void ListLive() {
    const F d;
    const hn::RebindToUnsigned<F> du;
    uint32_t* live = task_.scratch.live;
    for (size_t k = 0; k < context_.stride; k += hn::Lanes(d)) {
      const V mass = hn::Sub(hn::Load(d, task_.gamma + k), hn::Load(d, context_.alpha + k));
      const auto above = hn::RebindMask(du, hn::Gt(mass, hn::Set(d, cut_)));
      hn::StoreU(hn::Compress(hn::Iota(du, static_cast<uint32_t>(k)), above), du, live);
      live += hn::CountTrue(du, above);
    }
  }

  // Four words at a time, so that their row pointers stay in registers.
  void PackColumns() {
    const uint32_t* HWY_RESTRICT live = task_.scratch.live;
    for (size_t i = 0; i < words_; i += 4) {
      const float* HWY_RESTRICT r0 = task_.rows[i];
      const float* HWY_RESTRICT r1 = task_.rows[i + 1];
      const float* HWY_RESTRICT r2 = task_.rows[i + 2];
      const float* HWY_RESTRICT r3 = task_.rows[i + 3];
      float* HWY_RESTRICT out = task_.scratch.packed + i;
      for (size_t j = 0; j < live_; ++j, out += words_) {
        const uint32_t k = live[j];
        out[0] = r0[k];
        out[1] = r1[k];
        out[2] = r2[k];
        out[3] = r3[k];
      }
    }
  }

  // Fills the live topics up to whole blocks with topics of no weight.
  void PadLive() {
    padded_live_ = (live_ + kRowBlock - 1) / kRowBlock * kRowBlock;
    for (size_t j = live_; j < padded_live_; ++j) {
      task_.scratch.live_rows[j] = task_.scratch.live_rows[0];
      gamma_[j] = kSmallestParameter;
      alpha_[j] = kSmallestParameter;
      factor_[j] = 0.0f;
    }
  }

  // Takes out topics that have died since; their columns stay where they are. Their gamma is final
  // until the next iteration over all topics.
  void Compact() {
    size_t kept = 0;
    for (size_t j = 0; j < live_; ++j) {
      if (gamma_[j] - alpha_[j] <= cut_) {
        task_.gamma[task_.scratch.live[j]] = gamma_[j];
        continue;
      }
      task_.scratch.live[kept] = task_.scratch.live[j];
      task_.scratch.live_rows[kept] = task_.scratch.live_rows[j];
      gamma_[kept] = gamma_[j];
      alpha_[kept] = alpha_[j];
      factor_[kept] = factor_[j];
      ++kept;
    }
    live_ = kept;
    PadLive();
  }

  // Compacts where that saves a block.
  void CompactIfSmaller() {
    const Block d;
    size_t still = 0;
    for (size_t j = 0; j < padded_live_; j += hn::Lanes(d)) {
      const auto mass = hn::Sub(hn::Load(d, gamma_ + j), hn::Load(d, alpha_ + j));
      still += hn::CountTrue(d, hn::Gt(mass, hn::Set(d, cut_)));
    }
    if (still > 0 && still + kRowBlock <= padded_live_) Compact();
  }

  const TopicContext& context_;
  const DocumentTask& task_;
  const size_t words_;
  const EthetaReference reference_;
  const float allowed_change_;
  float* gamma_;
  float* next_;
  float* const alpha_;
  float* const factor_;
  float* const etheta_;
  float* const sums_;
  float cut_ = 0.0f;
  size_t live_ = 0;
  size_t padded_live_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

// Running sums over the lanes of a vector. Included once per Highway target.

#if defined(SVI_LDA_LOCAL_LANE_SCAN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef SVI_LDA_LOCAL_LANE_SCAN_INL_H_
#undef SVI_LDA_LOCAL_LANE_SCAN_INL_H_
#else
#define SVI_LDA_LOCAL_LANE_SCAN_INL_H_
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using LaneFloats = hn::CappedTag<float, 16>;
constexpr size_t kLanes = hn::MaxLanes(LaneFloats());

// Running sums over the lanes of a vector.
class LaneScan {
 public:
  HWY_INLINE LaneScan() {
    HWY_ALIGN int32_t index[kLanes];
    for (size_t i = 0; i < kLanes; ++i) index[i] = static_cast<int32_t>(kLanes - 1);
    last_ = hn::Load(Ints(), index);
    for (size_t step = 0; step < kSteps; ++step) {
      const size_t by = size_t{1} << step;
      for (size_t i = 0; i < kLanes; ++i) index[i] = static_cast<int32_t>(i < by ? i : i - by);
      from_[step] = hn::Load(Ints(), index);
      for (size_t i = 0; i < kLanes; ++i) index[i] = i < by ? 0 : -1;
      keep_[step] = hn::Load(Ints(), index);
    }
  }
  // Lane i of the result is the sum of lanes 0 ... i.
  HWY_INLINE hn::Vec<LaneFloats> Sums(hn::Vec<LaneFloats> v) const {
    const LaneFloats d;
    for (size_t step = 0; step < kSteps; ++step) {
      const hn::Vec<LaneFloats> moved = hn::TableLookupLanes(v, hn::IndicesFromVec(d, from_[step]));
      v = hn::Add(v, hn::And(moved, hn::BitCast(d, keep_[step])));
    }
    return v;
  }
  HWY_INLINE hn::Vec<LaneFloats> Last(hn::Vec<LaneFloats> v) const {
    return hn::TableLookupLanes(v, hn::IndicesFromVec(LaneFloats(), last_));
  }

 private:
  using Ints = hn::RebindToSigned<LaneFloats>;
  static constexpr size_t kSteps = kLanes == 16  ? 4
                                   : kLanes == 8 ? 3
                                   : kLanes == 4 ? 2
                                                 : kLanes / 2;
  hn::Vec<Ints> last_;
  hn::Vec<Ints> from_[kSteps + 1];
  hn::Vec<Ints> keep_[kSteps + 1];
};

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#endif  // toggle guard

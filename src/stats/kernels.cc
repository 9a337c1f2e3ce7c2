#include "stats/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "stats/kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "base/slabs-inl.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"
#include "math/reciprocal-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using V = hn::Vec<F>;

constexpr size_t kAhead = 16;  // places, enough to cover a transfer between cores

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void AddSums(F /*d*/, V value, double* HWY_RESTRICT sums) {
  sums[0] += static_cast<double>(hn::GetLane(value));
}

#else

HWY_INLINE void AddSums(F /*d*/, V value, double* HWY_RESTRICT sums) {
  const hn::Half<F> dh;
  const hn::RepartitionToWide<F> dd;
  const size_t half = hn::Lanes(dd);
  const auto low = hn::PromoteTo(dd, hn::LowerHalf(dh, value));
  const auto high = hn::PromoteTo(dd, hn::UpperHalf(dh, value));
  hn::StoreU(hn::Add(hn::LoadU(dd, sums), low), dd, sums);
  hn::StoreU(hn::Add(hn::LoadU(dd, sums + half), high), dd, sums + half);
}

#endif

// row[0, lanes) *= factor, and the products to sums.
HWY_INLINE void MultiplyRow(F d, V factor, float* HWY_RESTRICT row, double* HWY_RESTRICT sums) {
  const V value = hn::Mul(hn::Load(d, row), factor);
  hn::Store(value, d, row);
  AddSums(d, value, sums);
}

// What the word after the next few needs: the rows of etheta come in the order of the documents
// that hold a word, which no prefetcher can guess, and half of them, like the ratios, were written
// by another core.
HWY_INLINE void PrefetchPlace(uint32_t entry, uint32_t doc, const float* HWY_RESTRICT ratio,
                              const float* HWY_RESTRICT etheta, size_t stride) {
  hwy::Prefetch(ratio + entry);
  const float* HWY_RESTRICT row = etheta + size_t{doc} * stride;
  for (size_t k = 0; k < stride; k += kEthetaLine) hwy::Prefetch(row + k);
}

// kVectors vectors of topics stay in registers while the documents go by. The first block of a
// word prefetches for all.
template <int kVectors>
HWY_INLINE void ReduceBlock(const uint32_t* HWY_RESTRICT entry, const uint32_t* HWY_RESTRICT doc,
                            size_t places, size_t available, const float* HWY_RESTRICT ratio,
                            const float* HWY_RESTRICT etheta, size_t stride, size_t k,
                            float* HWY_RESTRICT row, double* HWY_RESTRICT sums) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V acc[kVectors];
  for (size_t i = 0; i < kVectors; ++i) acc[i] = hn::Zero(d);
  for (size_t p = 0; p < places; ++p) {
    if (k == 0 && p + kAhead < available) {
      PrefetchPlace(entry[p + kAhead], doc[p + kAhead], ratio, etheta, stride);
    }
    const V r = hn::Set(d, ratio[entry[p]]);
    const float* HWY_RESTRICT e = etheta + size_t{doc[p]} * stride + k;
    for (size_t i = 0; i < kVectors; ++i)
      acc[i] = hn::MulAdd(r, hn::Load(d, e + i * lanes), acc[i]);
  }
  for (size_t i = 0; i < kVectors; ++i) {
    MultiplyRow(d, acc[i], row + k + i * lanes, sums + k + i * lanes);
  }
}

void ReduceWord(const uint32_t* HWY_RESTRICT entry, const uint32_t* HWY_RESTRICT doc, size_t places,
                size_t available, const float* HWY_RESTRICT ratio, const float* HWY_RESTRICT etheta,
                size_t stride, float* HWY_RESTRICT row, double* HWY_RESTRICT sums) {
  ForSlabs(F(), stride, [&](auto vectors, size_t k) HWY_ATTR {
    ReduceBlock<decltype(vectors)::value>(entry, doc, places, available, ratio, etheta, stride, k,
                                          row, sums);
  });
}

template <int kVectors>
HWY_INLINE void ReduceCorrectedBlock(const uint32_t* HWY_RESTRICT entry,
                                     const uint32_t* HWY_RESTRICT doc, size_t places,
                                     size_t available, const float* HWY_RESTRICT normalizer,
                                     const float* HWY_RESTRICT ratio,
                                     const float* HWY_RESTRICT gamma, size_t stride, size_t k,
                                     float* HWY_RESTRICT row, double* HWY_RESTRICT sums) {
  const F d;
  const size_t lanes = hn::Lanes(d);
  V acc[kVectors];
  for (size_t i = 0; i < kVectors; ++i) acc[i] = hn::Zero(d);
  for (size_t p = 0; p < places; ++p) {
    if (k == 0 && p + kAhead < available) {
      hwy::Prefetch(normalizer + entry[p + kAhead]);
      PrefetchPlace(entry[p + kAhead], doc[p + kAhead], ratio, gamma, stride);
    }
    const V s = hn::Set(d, normalizer[entry[p]]);
    const V r = hn::Set(d, ratio[entry[p]]);
    const float* HWY_RESTRICT g = gamma + size_t{doc[p]} * stride + k;
    for (size_t i = 0; i < kVectors; ++i) {
      const V inverse = Reciprocal(d, hn::Add(s, hn::Load(d, row + k + i * lanes)));
      acc[i] = hn::MulAdd(hn::Mul(r, hn::Load(d, g + i * lanes)), inverse, acc[i]);
    }
  }
  for (size_t i = 0; i < kVectors; ++i) {
    MultiplyRow(d, acc[i], row + k + i * lanes, sums + k + i * lanes);
  }
}

void ReduceCorrectedWord(const uint32_t* HWY_RESTRICT entry, const uint32_t* HWY_RESTRICT doc,
                         size_t places, size_t available, const float* HWY_RESTRICT normalizer,
                         const float* HWY_RESTRICT ratio, const float* HWY_RESTRICT gamma,
                         size_t stride, float* HWY_RESTRICT row, double* HWY_RESTRICT sums) {
  ForSlabs(F(), stride, [&](auto vectors, size_t k) HWY_ATTR {
    ReduceCorrectedBlock<decltype(vectors)::value>(entry, doc, places, available, normalizer, ratio,
                                                   gamma, stride, k, row, sums);
  });
}

// Vectors of a line, where a vector has at most that many lanes.
using L = hn::CappedTag<float, kEthetaLine>;

void ReduceWordOverLines(const uint32_t* HWY_RESTRICT entry, const uint32_t* HWY_RESTRICT doc,
                         size_t places, size_t available, const float* HWY_RESTRICT ratio,
                         const float* HWY_RESTRICT etheta, size_t stride,
                         const uint16_t* HWY_RESTRICT line, const uint32_t* HWY_RESTRICT num_lines,
                         float* HWY_RESTRICT acc, float* HWY_RESTRICT row,
                         double* HWY_RESTRICT sums) {
  const L d;
  const size_t lanes = hn::Lanes(d);
  const size_t most = stride / kEthetaLine;
  for (size_t k = 0; k < stride; k += lanes) hn::Store(hn::Zero(d), d, acc + k);
  for (size_t p = 0; p < places; ++p) {
    if (p + kAhead < available) {
      hwy::Prefetch(ratio + entry[p + kAhead]);
      const size_t ahead = doc[p + kAhead];
      for (size_t i = 0; i < num_lines[ahead]; ++i) {
        hwy::Prefetch(etheta + ahead * stride + line[ahead * most + i] * kEthetaLine);
      }
    }
    const auto r = hn::Set(d, ratio[entry[p]]);
    const float* HWY_RESTRICT e = etheta + size_t{doc[p]} * stride;
    const uint16_t* HWY_RESTRICT lines = line + size_t{doc[p]} * most;
    for (size_t i = 0; i < num_lines[doc[p]]; ++i) {
      const size_t begin = lines[i] * kEthetaLine;
      for (size_t k = begin; k < begin + kEthetaLine; k += lanes) {
        hn::Store(hn::MulAdd(r, hn::Load(d, e + k), hn::Load(d, acc + k)), d, acc + k);
      }
    }
  }
  const F full;
  for (size_t k = 0; k < stride; k += hn::Lanes(full)) {
    MultiplyRow(full, hn::Load(full, acc + k), row + k, sums + k);
  }
}

size_t FindLines(const float* HWY_RESTRICT etheta, size_t stride, uint16_t* HWY_RESTRICT line) {
  const L d;
  const size_t lanes = hn::Lanes(d);
  size_t found = 0;
  for (size_t begin = 0; begin < stride; begin += kEthetaLine) {
    auto any = hn::Zero(d);
    for (size_t k = begin; k < begin + kEthetaLine; k += lanes) {
      any = hn::Max(any, hn::Load(d, etheta + k));
    }
    line[found] = static_cast<uint16_t>(begin / kEthetaLine);
    found += hn::AllFalse(d, hn::Gt(any, hn::Zero(d))) ? 0 : 1;
  }
  return found;
}

void AddToWord(const float* HWY_RESTRICT phi, size_t stride, float* HWY_RESTRICT row,
               double* HWY_RESTRICT sums) {
  const F d;
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    const V value = hn::Load(d, phi + k);
    hn::Store(hn::Add(hn::Load(d, row + k), value), d, row + k);
    AddSums(d, value, sums + k);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(ReduceWord);
HWY_EXPORT(ReduceCorrectedWord);
HWY_EXPORT(ReduceWordOverLines);
HWY_EXPORT(FindLines);
HWY_EXPORT(AddToWord);

void reduce_word(const std::uint32_t* entry, const std::uint32_t* doc, std::size_t places,
                 std::size_t available, const float* ratio, const float* etheta, std::size_t stride,
                 float* row, double* topic_sums) {
  HWY_DYNAMIC_DISPATCH(ReduceWord)
  (entry, doc, places, available, ratio, etheta, stride, row, topic_sums);
}

void reduce_corrected_word(const std::uint32_t* entry, const std::uint32_t* doc, std::size_t places,
                           std::size_t available, const float* normalizer, const float* ratio,
                           const float* gamma, std::size_t stride, float* row, double* topic_sums) {
  HWY_DYNAMIC_DISPATCH(ReduceCorrectedWord)
  (entry, doc, places, available, normalizer, ratio, gamma, stride, row, topic_sums);
}

void reduce_word_over_lines(const std::uint32_t* entry, const std::uint32_t* doc,
                            std::size_t places, std::size_t available, const float* ratio,
                            const float* etheta, std::size_t stride, const std::uint16_t* line,
                            const std::uint32_t* num_lines, float* scratch, float* row,
                            double* topic_sums) {
  HWY_DYNAMIC_DISPATCH(ReduceWordOverLines)
  (entry, doc, places, available, ratio, etheta, stride, line, num_lines, scratch, row, topic_sums);
}

std::size_t find_lines(const float* etheta, std::size_t stride, std::uint16_t* line) {
  return HWY_DYNAMIC_DISPATCH(FindLines)(etheta, stride, line);
}

void add_to_word(const float* phi, std::size_t stride, float* row, double* topic_sums) {
  HWY_DYNAMIC_DISPATCH(AddToWord)(phi, stride, row, topic_sums);
}
}  // namespace svi_lda
#endif

#include "global/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "global/kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::ScalableTag<float>;
using U = hn::RebindToUnsigned<F>;

void AddScaled(const float* HWY_RESTRICT sstats, float factor, size_t stride,
               float* HWY_RESTRICT m) {
  const F d;
  const auto f = hn::Set(d, factor);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(hn::MulAdd(f, hn::Load(d, sstats + k), hn::Load(d, m + k)), d, m + k);
  }
}

// Finalizer of MurmurHash3 (Appleby): every bit of the result depends on every bit of x.
HWY_INLINE hn::Vec<U> Mix(U d, hn::Vec<U> x) {
  x = hn::Xor(x, hn::ShiftRight<16>(x));
  x = hn::Mul(x, hn::Set(d, 0x85ebca6bu));
  x = hn::Xor(x, hn::ShiftRight<13>(x));
  x = hn::Mul(x, hn::Set(d, 0xc2b2ae35u));
  return hn::Xor(x, hn::ShiftRight<16>(x));
}

void AddScaledStochastic(const float* HWY_RESTRICT sstats, float factor, size_t stride,
                         uint32_t key, float* HWY_RESTRICT m) {
  const F d;
  const U du;
  const hn::RebindToSigned<F> di;
  const auto f = hn::Set(d, factor);
  const auto exponent_mask = hn::Set(du, 0x7f800000u);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    const auto a = hn::Load(d, m + k);
    const auto b = hn::Mul(f, hn::Load(d, sstats + k));
    const auto sum = hn::Add(a, b);
    const auto b_part = hn::Sub(sum, a);
    const auto error = hn::Add(hn::Sub(a, hn::Sub(sum, b_part)), hn::Sub(b, b_part));
    // A unit in the last place of the sum, and noise uniform over one of them around 0.
    const auto ulp = hn::Mul(hn::BitCast(d, hn::And(hn::BitCast(du, sum), exponent_mask)),
                             hn::Set(d, 1.1920929e-7f));
    const auto bits = Mix(du, hn::Add(hn::Set(du, key), hn::Iota(du, static_cast<uint32_t>(k))));
    // (bits + 1/2) 2^-24 - 1/2: never a tie, symmetric around 0.
    const auto uniform = hn::MulAdd(hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<8>(bits))),
                                    hn::Set(d, 5.9604645e-8f), hn::Set(d, 2.9802322e-8f - 0.5f));
    const auto rounded = hn::Add(sum, hn::MulAdd(uniform, ulp, error));
    hn::Store(hn::IfThenElse(hn::Eq(b, hn::Zero(d)), a, rounded), d, m + k);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(AddScaled);
HWY_EXPORT(AddScaledStochastic);

void add_scaled(const float* sstats, float factor, std::size_t stride, float* m) {
  HWY_DYNAMIC_DISPATCH(AddScaled)(sstats, factor, stride, m);
}

void add_scaled_stochastic(const float* sstats, float factor, std::size_t stride, std::uint32_t key,
                           float* m) {
  HWY_DYNAMIC_DISPATCH(AddScaledStochastic)(sstats, factor, stride, key, m);
}
}  // namespace svi_lda
#endif

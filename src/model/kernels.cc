#include "model/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "model/kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Topics k and k + 16 share a counter on every instruction set, whatever its vectors hold.
constexpr size_t kPairDistance = 16;
using F = hn::CappedTag<float, kPairDistance>;
using I = hn::RebindToSigned<F>;
using U = hn::RebindToUnsigned<F>;
using V = hn::Vec<F>;
using VU = hn::Vec<U>;

struct Words4 {
  VU x0, x1, x2, x3;
};

// The high and the low half of the products a * m.
HWY_INLINE void MultiplyWide(VU a, VU m, VU& high, VU& low) {
  const U du;
#if HWY_TARGET == HWY_SCALAR  // one lane, which MulEven() needs a second beside
  const uint64_t product = uint64_t{hn::GetLane(a)} * hn::GetLane(m);
  high = hn::Set(du, static_cast<uint32_t>(product >> 32));
  low = hn::Set(du, static_cast<uint32_t>(product));
#else
  const hn::RepartitionToWide<U> dw;
  const auto even = hn::MulEven(a, m);
  const auto odd = hn::MulEven(hn::BitCast(du, hn::ShiftRight<32>(hn::BitCast(dw, a))), m);
  high = hn::OddEven(hn::BitCast(du, odd), hn::BitCast(du, hn::ShiftRight<32>(even)));
  low = hn::OddEven(hn::BitCast(du, hn::ShiftLeft<32>(odd)), hn::BitCast(du, even));
#endif
}

// Philox4x32-10.
HWY_INLINE Words4 Philox(uint64_t key, Words4 counter) {
  const U du;
  const VU m0 = hn::Set(du, 0xD2511F53u);
  const VU m1 = hn::Set(du, 0xCD9E8D57u);
  auto key0 = static_cast<uint32_t>(key);
  auto key1 = static_cast<uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    VU high0, low0, high1, low1;
    MultiplyWide(counter.x0, m0, high0, low0);
    MultiplyWide(counter.x2, m1, high1, low1);
    counter.x0 = hn::Xor(hn::Xor(high1, counter.x1), hn::Set(du, key0));
    counter.x1 = low1;
    counter.x2 = hn::Xor(hn::Xor(high0, counter.x3), hn::Set(du, key1));
    counter.x3 = low0;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  return counter;
}

// (bits / 2^kDropped + 1/2) 2^(kDropped - 32), in (0, 1]; below 1 where at most 24 bits are kept.
template <int kDropped>
HWY_INLINE V Uniform(VU bits) {
  const F d;
  constexpr float kUnit = 1.0f / static_cast<float>(uint64_t{1} << (32 - kDropped));
  const V whole = hn::ConvertTo(d, hn::BitCast(I(), hn::ShiftRight<kDropped>(bits)));
  return hn::MulAdd(whole, hn::Set(d, kUnit), hn::Set(d, 0.5f * kUnit));
}

// Two independent standard normals (Box & Muller 1958).
HWY_INLINE void Normals(VU radius_bits, VU angle_bits, V& a, V& b) {
  const F d;
  const V minus_log = hn::Neg(hn::Log(d, Uniform<1>(radius_bits)));
  const V radius = hn::Sqrt(hn::Max(hn::Add(minus_log, minus_log), hn::Zero(d)));
  const V angle = hn::Mul(hn::ConvertTo(d, hn::BitCast(I(), angle_bits)),
                          hn::Set(d, 3.14159265f / 2147483648.0f));  // in [-pi, pi]
  a = hn::Mul(radius, hn::Cos(d, angle));
  b = hn::Mul(radius, hn::Sin(d, angle));
}

// What all proposals of a row share, and where they go.
struct Row {
  float c, d, scale, offset;
  size_t num_topics;
  float* values;
  GammaProposal* undecided;
  size_t num_undecided;
};

// The proposals for topics k, k + 1, ... of as many as a vector holds.
HWY_INLINE void Propose(V normal, V uniform, size_t k, Row& row) {
  const F d;
  const V one = hn::Set(d, 1.0f);
  const V t = hn::Mul(hn::Set(d, row.c), normal);
  const V base = hn::Add(one, t);
  const V cube = hn::Mul(hn::Mul(base, base), base);
  const V value = hn::MulSub(hn::Set(d, row.scale), cube, hn::Set(d, row.offset));
  const size_t here = row.num_topics > k ? row.num_topics - k : 0;
  const auto wanted = hn::FirstN(d, here);
  hn::Store(hn::IfThenElseZero(wanted, value), d, row.values + k);

  const V t2 = hn::Mul(t, t);
  const auto taken = hn::Lt(uniform, hn::NegMulAdd(hn::Mul(hn::Set(d, row.d), t2), t2, one));
  if (HWY_LIKELY(hn::AllFalse(d, hn::AndNot(taken, wanted)))) return;
  HWY_ALIGN float normals[kPairDistance];
  HWY_ALIGN float uniforms[kPairDistance];
  HWY_ALIGN float surely[kPairDistance];
  hn::Store(normal, d, normals);
  hn::Store(uniform, d, uniforms);
  hn::Store(hn::IfThenElseZero(taken, one), d, surely);
  for (size_t i = 0; i < hn::Lanes(d) && i < here; ++i) {
    if (surely[i] != 0.0f) continue;
    row.undecided[row.num_undecided++] = {static_cast<uint32_t>(k + i), normals[i], uniforms[i]};
  }
}

size_t GammaProposals(uint64_t key, uint32_t word, float gamma_d, float scale, float offset,
                      size_t num_topics, size_t stride, float* HWY_RESTRICT values,
                      GammaProposal* HWY_RESTRICT undecided) {
  const F d;
  const U du;
  const float c = hn::GetLane(hn::Div(hn::Set(d, 1.0f), hn::Sqrt(hn::Set(d, 9.0f * gamma_d))));
  Row row{c, gamma_d, scale, offset, num_topics, values, undecided, 0};
  for (size_t first = 0; first < stride; first += 2 * kPairDistance) {
    for (size_t k = first; k < first + kPairDistance; k += hn::Lanes(d)) {
      const auto pair = static_cast<uint32_t>(first / 2 + (k - first));
      const Words4 bits =
          Philox(key, {hn::Iota(du, pair), hn::Set(du, word), hn::Zero(du), hn::Zero(du)});
      V a, b;
      Normals(bits.x0, bits.x1, a, b);
      Propose(a, Uniform<8>(bits.x2), k, row);
      if (first + kPairDistance < stride) {
        Propose(b, Uniform<8>(bits.x3), k + kPairDistance, row);
      }
    }
  }
  return row.num_undecided;
}

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(GammaProposals);

std::size_t gamma_proposals(std::uint64_t key, std::uint32_t word, float d, float scale,
                            float offset, std::size_t num_topics, std::size_t stride, float* row,
                            GammaProposal* undecided) {
  return HWY_DYNAMIC_DISPATCH(GammaProposals)(key, word, d, scale, offset, num_topics, stride, row,
                                              undecided);
}
}  // namespace svi_lda
#endif

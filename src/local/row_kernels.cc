#include "local/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "local/row_kernels.cc"
#include "hwy/foreach_target.h"  // IWYU pragma: keep
//
#include "hwy/highway.h"
#include "local/blocks-inl.h"
#include "math/exp_digamma-inl.h"

HWY_BEFORE_NAMESPACE();
namespace svi_lda {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

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
  const EthetaReference reference = EthetaRelativeTo<LocalMethod::kVb>(top);
  const V inverse_p = hn::Set(d, reference.inverse);
  const V r = hn::Set(d, reference.r);
  for (size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(ExpDigammaRelative(d, hn::Load(d, out + k), inverse_p, r), d, out + k);
  }
  return top;
}

float EthetaFromGamma(const float* HWY_RESTRICT gamma, const float* HWY_RESTRICT topic_factor,
                      size_t stride, float* HWY_RESTRICT etheta) {
  const float top = MaxOf(gamma, stride);
  MakeEtheta<LocalMethod::kVb>(F(), gamma, topic_factor, EthetaRelativeTo<LocalMethod::kVb>(top),
                               stride, etheta);
  return top;
}

void DocumentDots(const float* const* HWY_RESTRICT rows, size_t n, const float* HWY_RESTRICT etheta,
                  size_t stride, float* HWY_RESTRICT out) {
  for (size_t i = 0; i < n; i += kRowBlock) BlockDots(rows + i, etheta, stride, out + i);
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

}  // namespace HWY_NAMESPACE
}  // namespace svi_lda
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace svi_lda {
HWY_EXPORT(ExpDigammaRow);
HWY_EXPORT(LambdaRow);
HWY_EXPORT(EthetaFromGamma);
HWY_EXPORT(DocumentDots);
HWY_EXPORT(WeightedLambda);

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
}  // namespace svi_lda
#endif

#pragma once

namespace svi_lda {

// psi(x) = d/dx log Gamma(x), x > 0, to a few units in the last place (Boost.Math; relative error
// grows only beside the root at 1.4616).
double digamma(double x);

// psi'(x), x > 0, to a few units in the last place (Boost.Math).
double trigamma(double x);

// log Gamma(x), x > 0 (Boost.Math; thread-safe, unlike std::lgamma).
double log_gamma(double x);

// exp(psi(x)), x > 0; 0 where that is below the smallest double.
double exp_digamma(double x);

}  // namespace svi_lda

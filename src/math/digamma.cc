#include "math/digamma.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>

namespace svi_lda {

double digamma(double x) { return boost::math::digamma(x); }

double trigamma(double x) { return boost::math::trigamma(x); }

double log_gamma(double x) { return boost::math::lgamma(x); }

double exp_digamma(double x) { return std::exp(digamma(x)); }

}  // namespace svi_lda

#pragma once

#include <cstddef>
#include <cstdint>

namespace svi_lda {

// Parts of the log likelihood of counts under the Polya (Dirichlet-multinomial) distribution: its
// derivative by the parameter x of a cell that holds n is psi(x + n) - psi(x), and fixed points
// (Minka 2000, eq. 55) are quotients of sums of these.

// psi(x + n) - psi(x), x > 0.
double digamma_rise(double x, std::uint64_t n);

// Its expectation where only the mean n >= 0 of a count is known, the sum of many tokens' shares:
//   p (psi(x + n/p) - psi(x)),  p = 1 - exp(-n) = P(N > 0) of a Poisson count,
// after Teh, Kurihara, Welling 2008 (section 3.3: P(N > 0), and the rest at the mean of the
// positive counts, which is right to 6% for x <= 1). psi(x + n) - psi(x) itself takes a share of
// 0.1 for a tenth of a token that is there, not for a token that is there with chance 0.1: at x =
// 0.05 that is 13 in place of 1.9, and fixed points end up to ten times too high.
double expected_digamma_rise(double x, double n);

// Sum_{k < count} of psi(x + n_k) - psi(x), or where `expected` of expected_digamma_rise(x, n_k),
// with n_k = scale m_k, taken for 0 up to kLeastCount x, where it would be a ten-millionth of a
// token. Error: at most 1e-9 of it, and of each term 4e-15 (1 + |psi(x)|), as the difference of two
// psi; x in [1e-8, 1e4].
//   m  [count], 64-byte aligned, readable up to a multiple of 16
inline constexpr double kLeastCount = 1e-7;
double digamma_rise_sum(const float* m, double scale, double x, std::size_t count, bool expected);

}  // namespace svi_lda

#pragma once

#include <span>
#include <vector>

namespace svi_lda {

// Where learned alpha stays: below, psi(alpha) is all that a document without the topic says;
// above, documents that are all alike would have no maximum.
inline constexpr double kLeastAlpha = 1e-5;
inline constexpr double kMostAlpha = 1000.0;

// What documents with the mean log proportions m_k = mean_d E[log theta_dk], [K], say of alpha,
// [K], in nats a document:
//   log Gamma(Sum_k alpha_k) - Sum_k log Gamma(alpha_k) + Sum_k (alpha_k - 1) m_k
// (Blei, Ng, Jordan 2003, appendix A.4.2). Concave in alpha.
double dirichlet_objective(std::span<const double> alpha, std::span<const double> mean_logs);

// The alpha in [kLeastAlpha, kMostAlpha] with the greatest dirichlet_objective; where `symmetric`,
// of those that are the same for all topics. Newton's method in O(K) an iteration, as the Hessian
// is a diagonal and a matrix of rank one (the same appendix; Huang 2005), projected on the range
// (Bertsekas 1982), each step halved until the objective rises: never below that of `start`. What
// `start` has outside of the range is first moved to its nearest end. With one topic the objective
// is the same for every alpha, and `start` is returned.
std::vector<double> fit_dirichlet(std::span<const double> mean_logs, bool symmetric,
                                  std::vector<double> start);

}  // namespace svi_lda

#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "local/kernels.h"

namespace svi_lda {

// The local step of one document in double and in log space throughout: no scaling, no underflow,
// no vectors. Slow; the yardstick that every kernel is held against.
struct ReferenceDocument {
  Eigen::VectorXd gamma;       // [K]
  Eigen::MatrixXd phi;         // [n x K], of the half-step that made gamma
  std::vector<double> bounds;  // VB: the document bound (nats) at gamma after each iteration
  int iterations = 0;
};

//   lambda   [n x K], rows of the document's words; row_sums [K], Sum_w lambda_kw over all words
//   counts   [n]; alpha [K]; start gamma = alpha + N/K
ReferenceDocument reference_local_step(LocalMethod method, const Eigen::MatrixXd& lambda,
                                       const Eigen::VectorXd& row_sums,
                                       const Eigen::VectorXd& counts, const Eigen::VectorXd& alpha,
                                       int max_iterations, double tolerance);

// The document bound at gamma with the best phi for it, in nats (Hoffman, Blei, Bach 2010, eq. 16):
//   Sum_w n_w log Sum_k exp(E[log theta_k] + E[log beta_kw]) - KL(Dir(gamma) || Dir(alpha))
double reference_document_bound(const Eigen::MatrixXd& lambda, const Eigen::VectorXd& row_sums,
                                const Eigen::VectorXd& counts, const Eigen::VectorXd& alpha,
                                const Eigen::VectorXd& gamma);

}  // namespace svi_lda

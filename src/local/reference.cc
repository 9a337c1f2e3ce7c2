#include "local/reference.h"

#include <cmath>

#include "math/digamma.h"
#include "math/dirichlet.h"

namespace svi_lda {
namespace {

double log_sum_exp(const Eigen::RowVectorXd& x) {
  const double top = x.maxCoeff();
  return top + std::log((x.array() - top).exp().sum());
}

// log of the weights of phi, [n x K], up to what is common to a row.
Eigen::MatrixXd log_weights(LocalMethod method, const Eigen::MatrixXd& lambda,
                            const Eigen::VectorXd& row_sums, const Eigen::VectorXd& gamma) {
  const bool vb = method == LocalMethod::kVb;
  const auto log_weight = [vb](double x) { return vb ? digamma(x) : std::log(x); };
  Eigen::MatrixXd weights = lambda.unaryExpr(log_weight);
  const double total = log_weight(gamma.sum());
  const Eigen::VectorXd per_topic =
      gamma.unaryExpr(log_weight).array() - total - row_sums.unaryExpr(log_weight).array();
  weights.rowwise() += per_topic.transpose();
  return weights;
}

}  // namespace

ReferenceDocument reference_local_step(LocalMethod method, const Eigen::MatrixXd& lambda,
                                       const Eigen::VectorXd& row_sums,
                                       const Eigen::VectorXd& counts, const Eigen::VectorXd& alpha,
                                       int max_iterations, double tolerance) {
  const auto num_topics = static_cast<double>(alpha.size());
  ReferenceDocument out;
  out.gamma = alpha.array() + counts.sum() / num_topics;
  for (;;) {
    out.phi = log_weights(method, lambda, row_sums, out.gamma);
    for (Eigen::Index i = 0; i < out.phi.rows(); ++i) {
      const double log_sum = log_sum_exp(out.phi.row(i));
      out.phi.row(i) = (out.phi.row(i).array() - log_sum).exp();
    }
    const Eigen::VectorXd next = alpha + out.phi.transpose() * counts;
    const double change = (next - out.gamma).cwiseAbs().sum();
    out.gamma = next;
    ++out.iterations;
    if (method == LocalMethod::kVb) {
      out.bounds.push_back(reference_document_bound(lambda, row_sums, counts, alpha, out.gamma));
    }
    if (change < tolerance * num_topics || out.iterations >= max_iterations) return out;
  }
}

double reference_document_bound(const Eigen::MatrixXd& lambda, const Eigen::VectorXd& row_sums,
                                const Eigen::VectorXd& counts, const Eigen::VectorXd& alpha,
                                const Eigen::VectorXd& gamma) {
  const Eigen::MatrixXd weights = log_weights(LocalMethod::kVb, lambda, row_sums, gamma);
  double bound = 0.0;
  for (Eigen::Index i = 0; i < weights.rows(); ++i)
    bound += counts[i] * log_sum_exp(weights.row(i));
  const auto size = static_cast<std::size_t>(gamma.size());
  return bound - dirichlet_kl({gamma.data(), size}, {alpha.data(), size});
}

}  // namespace svi_lda

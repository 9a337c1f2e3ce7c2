#include "output/report_map.h"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace svi_lda {
namespace {

// Pairs of topics times words: about a second on one core.
constexpr double kMostPairWords = 5e8;
// Words whose probabilities under all topics stay in a core's cache.
constexpr std::uint32_t kWordsAtATime = 1024;
// Of a topic that has seen nothing.
constexpr double kLeastMass = 1e-9;

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::uint32_t words_told_apart(std::uint32_t num_topics, std::uint32_t vocab_size) {
  const double pairs = 0.5 * num_topics * num_topics;
  return static_cast<std::uint32_t>(std::min<double>(vocab_size, kMostPairWords / pairs));
}

// The `count` words of the greatest Sum_k E[beta_kw], ties by id; ascending ids.
std::vector<std::uint32_t> most_probable(const Topics& topics, const std::vector<double>& sums,
                                         std::uint32_t count) {
  std::vector<double> mass(topics.vocab_size());
  std::vector<float> lambda(topics.num_topics());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, lambda.data());
    for (std::size_t k = 0; k < lambda.size(); ++k) mass[w] += lambda[k] / sums[k];
  }
  std::vector<std::uint32_t> words(topics.vocab_size());
  std::iota(words.begin(), words.end(), 0u);
  std::nth_element(words.begin(), words.begin() + count, words.end(), [&](auto a, auto b) {
    return mass[a] > mass[b] || (mass[a] == mass[b] && a < b);
  });
  words.resize(count);
  std::sort(words.begin(), words.end());
  return words;
}

// E[beta] of these words, a row a topic, and what is left in the last column.
Rows probabilities(const Topics& topics, const std::vector<double>& sums,
                   const std::vector<std::uint32_t>& words) {
  const bool all = words.size() == topics.vocab_size();
  Rows rows(topics.num_topics(), words.size() + (all ? 0 : 1));
  std::vector<double> left(topics.num_topics(), 1.0);
  std::vector<float> lambda(topics.num_topics());
  for (std::size_t i = 0; i < words.size(); ++i) {
    topics.lambda_row(words[i], lambda.data());
    for (std::size_t k = 0; k < lambda.size(); ++k) {
      const double p = lambda[k] / sums[k];
      rows(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i)) = static_cast<float>(p);
      left[k] -= p;
    }
  }
  for (std::size_t k = 0; !all && k < left.size(); ++k) {
    rows(static_cast<Eigen::Index>(k), rows.cols() - 1) =
        static_cast<float>(std::max(left[k], 1e-30));
  }
  return rows;
}

// -Sum m log m over some words, m the mean of two topics.
double entropy_of_mean(const Eigen::Ref<const Eigen::ArrayXf>& p,
                       const Eigen::Ref<const Eigen::ArrayXf>& q) {
  const auto mean = 0.5f * (p + q);
  return -static_cast<double>((mean * mean.log()).sum());
}

// Jensen-Shannon divergences, [K x K]. Every pair is summed by one thread, words in order.
Eigen::MatrixXd divergences(const Rows& rows, const Parallel& parallel) {
  const Eigen::Index num_topics = rows.rows();
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(num_topics, num_topics);
  parallel.for_chunks(
      static_cast<std::size_t>(num_topics), 4, [&](std::size_t begin, std::size_t end, int) {
        for (Eigen::Index first = 0; first < rows.cols(); first += kWordsAtATime) {
          const Eigen::Index n = std::min<Eigen::Index>(kWordsAtATime, rows.cols() - first);
          for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
            const Eigen::Map<const Eigen::ArrayXf> p(&rows(i, first), n);
            for (Eigen::Index j = 0; j <= i; ++j) {
              const Eigen::Map<const Eigen::ArrayXf> q(&rows(j, first), n);
              sum(i, j) += entropy_of_mean(p, q);
            }
          }
        }
      });
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(num_topics, num_topics);
  for (Eigen::Index i = 0; i < num_topics; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const double divergence = sum(i, j) - 0.5 * (sum(i, i) + sum(j, j));
      result(i, j) = result(j, i) = std::clamp(divergence, 0.0, std::log(2.0));
    }
  }
  return result;
}

// What the topics count for: their weights where they have any, above 0.
Eigen::VectorXd masses(std::span<const double> weights) {
  Eigen::VectorXd mass(static_cast<Eigen::Index>(weights.size()));
  for (Eigen::Index k = 0; k < mass.size(); ++k) {
    mass[k] = std::max(weights[static_cast<std::size_t>(k)], kLeastMass);
  }
  return mass / mass.sum();
}

// Coordinates along the axis-th strongest direction; all 0 where there is none.
Eigen::VectorXd coordinates(const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>& spectrum,
                            const Eigen::VectorXd& mass, Eigen::Index axis) {
  const Eigen::Index column = mass.size() - 1 - axis;
  if (column < 0 || spectrum.eigenvalues()[column] <= 0.0) {
    return Eigen::VectorXd::Zero(mass.size());
  }
  Eigen::VectorXd result = std::sqrt(spectrum.eigenvalues()[column]) *
                           spectrum.eigenvectors().col(column).cwiseQuotient(mass.cwiseSqrt());
  Eigen::Index largest = 0;
  result.cwiseAbs().maxCoeff(&largest);
  if (result[largest] < 0.0) result = -result;
  return result;
}

}  // namespace

TopicMap topic_map(const Topics& topics, std::span<const double> weights,
                   const Parallel& parallel) {
  const std::uint32_t num_topics = topics.num_topics();
  TopicMap map;
  map.words = words_told_apart(num_topics, topics.vocab_size());
  const std::vector<double> sums = topics.sum_rows(parallel);
  const Eigen::MatrixXd squared =
      divergences(probabilities(topics, sums, most_probable(topics, sums, map.words)), parallel);
  const Eigen::VectorXd mass = masses(weights);
  Eigen::MatrixXd centred = -0.5 * squared;
  const Eigen::VectorXd means = centred * mass;
  centred.colwise() -= means;
  centred.rowwise() -= means.transpose();
  centred.array() += means.dot(mass);
  const Eigen::VectorXd roots = mass.cwiseSqrt();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> spectrum(roots.asDiagonal() * centred *
                                                                roots.asDiagonal());
  const Eigen::VectorXd x = coordinates(spectrum, mass, 0);
  const Eigen::VectorXd y = coordinates(spectrum, mass, 1);
  for (Eigen::Index k = 0; k < x.size(); ++k) map.points.push_back({x[k], y[k]});
  const double shown = mass.dot(x.cwiseAbs2() + y.cwiseAbs2());
  const double all = spectrum.eigenvalues().cwiseMax(0.0).sum();
  map.explained = all > 0.0 ? std::min(shown / all, 1.0) : 0.0;
  map.distances.resize(std::size_t{num_topics} * num_topics);
  Eigen::Map<Eigen::MatrixXd>(map.distances.data(), num_topics, num_topics) = squared.cwiseSqrt();
  return map;
}

}  // namespace svi_lda

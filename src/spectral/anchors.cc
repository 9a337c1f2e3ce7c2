#include "spectral/anchors.h"

#include <Eigen/Core>
#include <algorithm>

namespace svi_lda {
namespace {

using Row = Eigen::Map<const Eigen::VectorXf>;

constexpr std::size_t kChunk = 64;

// A row nearer to the flat than this share of the first one's distance, squared, is on it: float32
// tells no less.
constexpr double kNoDistance = 1e-9;

}  // namespace

std::vector<std::uint32_t> find_anchors(const ProjectedCooccurrence& cooccurrence,
                                        std::size_t count, std::uint64_t least_documents,
                                        const Parallel& parallel) {
  const auto dims = static_cast<Eigen::Index>(cooccurrence.dims);
  const auto row = [&](std::size_t word) { return Row(cooccurrence.row(word), dims); };
  std::vector<std::uint32_t> words;
  for (std::uint32_t w = 0; w < cooccurrence.words; ++w) {
    if (cooccurrence.share[w] > 0.0 && cooccurrence.documents[w] >= least_documents) {
      words.push_back(w);
    }
  }
  std::vector<std::uint32_t> anchors;
  if (words.empty() || count == 0) return anchors;

  Eigen::VectorXd mean = Eigen::VectorXd::Zero(dims);
  for (const std::uint32_t w : words) mean += row(w).cast<double>();
  Eigen::VectorXf origin = (mean / static_cast<double>(words.size())).cast<float>();
  // Squared distances of the candidates from the flat so far.
  std::vector<double> distance(words.size());
  const auto for_words = [&](auto&& body) {
    parallel.for_chunks(words.size(), kChunk, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t i = begin; i < end; ++i) body(i);
    });
  };
  const auto farthest = [&] {
    return static_cast<std::size_t>(std::max_element(distance.begin(), distance.end()) -
                                    distance.begin());
  };
  const auto from_origin = [&](std::size_t i) {
    distance[i] = static_cast<double>((row(words[i]) - origin).squaredNorm());
  };
  for_words(from_origin);
  const std::size_t first = farthest();
  const double none = kNoDistance * distance[first];
  anchors.push_back(words[first]);
  origin = row(words[first]);
  for_words(from_origin);

  Eigen::MatrixXf basis(dims, 0);
  Eigen::VectorXf direction(dims);
  while (anchors.size() < count) {
    const std::size_t next = farthest();
    if (!(distance[next] > none)) break;
    direction = row(words[next]) - origin;
    for (int again = 0; again < 2; ++again) {
      direction -= basis * (basis.transpose() * direction).eval();
    }
    const float length = direction.norm();
    if (!(static_cast<double>(length) * static_cast<double>(length) > none)) break;
    direction /= length;
    anchors.push_back(words[next]);
    basis.conservativeResize(Eigen::NoChange, basis.cols() + 1);
    basis.col(basis.cols() - 1) = direction;
    const float before = origin.dot(direction);
    for_words([&](std::size_t i) {
      const auto along = static_cast<double>(row(words[i]).dot(direction) - before);
      distance[i] -= along * along;
    });
    distance[next] = 0.0;
  }
  return anchors;
}

}  // namespace svi_lda

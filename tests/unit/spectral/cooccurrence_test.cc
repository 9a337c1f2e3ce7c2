#include "spectral/cooccurrence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kWords = 40;
constexpr std::size_t kDims = 100;
constexpr std::uint64_t kSeed = 5;

ProjectedCooccurrence counted(const std::vector<Document>& documents, std::size_t batch,
                              int threads) {
  ProjectedCooccurrenceCounter counter(kWords, kDims, kSeed);
  for (std::size_t first = 0; first < documents.size(); first += batch) {
    const std::size_t last = std::min(first + batch, documents.size());
    const std::vector<Document> part(documents.begin() + static_cast<std::ptrdiff_t>(first),
                                     documents.begin() + static_cast<std::ptrdiff_t>(last));
    counter.add(testing::make_minibatch(part, kWords), Parallel(threads));
  }
  return counter.finish();
}

// Q token pair by token pair: each ordered pair of two tokens of a document counts 1 / (N (N - 1)).
std::vector<std::vector<double>> pairs_of(const std::vector<Document>& documents) {
  std::vector<std::vector<double>> q(kWords, std::vector<double>(kWords, 0.0));
  for (const Document& document : documents) {
    std::vector<std::uint32_t> tokens;
    for (std::size_t e = 0; e < document.words.size(); ++e) {
      tokens.insert(tokens.end(), document.counts[e], document.words[e]);
    }
    const auto n = static_cast<double>(tokens.size());
    for (std::size_t a = 0; a < tokens.size(); ++a) {
      for (std::size_t b = 0; b < tokens.size(); ++b) {
        if (a != b) q[tokens[a]][tokens[b]] += 1.0 / (n * (n - 1.0));
      }
    }
  }
  return q;
}

TEST(ProjectedCooccurrence, IsThatOfTokenPairsProjected) {
  // One-token documents among them, which have no pairs.
  const std::vector<Document> documents = testing::random_documents(60, kWords, 12, 1);
  const auto q = pairs_of(documents);
  const ProjectedCooccurrence result = counted(documents, 60, 1);
  double total = 0.0;
  std::vector<double> sums(kWords, 0.0);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t v = 0; v < kWords; ++v) sums[w] += q[w][v];
    total += sums[w];
  }
  ASSERT_GT(total, 30.0);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    EXPECT_NEAR(result.share[w], sums[w] / total, 1e-12);
    for (std::size_t p = 0; p < kDims; ++p) {
      double expected = 0.0;
      for (std::uint32_t v = 0; v < kWords; ++v) {
        const double sign = static_cast<double>(projection_sign(kSeed, v, p));
        if (sums[w] > 0.0) expected += q[w][v] / sums[w] * sign;
      }
      EXPECT_NEAR(static_cast<double>(result.row(w)[p]), expected, 2e-5) << w << " " << p;
    }
    std::uint64_t with_word = 0;
    for (const Document& document : documents) {
      for (const std::uint32_t word : document.words) with_word += word == w ? 1 : 0;
    }
    EXPECT_EQ(result.documents[w], with_word);
  }
}

// Two tokens of every document are drawn independently from its distribution, so that the mean over
// documents comes to the product of probabilities, repeated words included.
TEST(ProjectedCooccurrence, IsUnbiasedForShortDocuments) {
  const std::vector<double> beta = {0.5, 0.3, 0.2};
  RandomStream random = testing::test_stream(7);
  std::vector<Document> documents;
  for (int d = 0; d < 40000; ++d) {
    std::map<std::uint32_t, std::uint32_t> counts;
    const std::uint64_t tokens = 2 + random.below(3);
    for (std::uint64_t i = 0; i < tokens; ++i) {
      const double u = random.uniform();
      ++counts[u < beta[0] ? 0 : u < beta[0] + beta[1] ? 1 : 2];
    }
    documents.push_back(testing::make_document(counts));
  }
  const ProjectedCooccurrence result = counted(documents, 1000, 2);
  for (std::uint32_t w = 0; w < 3; ++w) {
    EXPECT_NEAR(result.share[w], beta[w], 0.01);
    for (std::size_t p = 0; p < kDims; ++p) {
      double expected = 0.0;
      for (std::uint32_t v = 0; v < 3; ++v) {
        expected += beta[v] * static_cast<double>(projection_sign(kSeed, v, p));
      }
      EXPECT_NEAR(static_cast<double>(result.row(w)[p]), expected, 0.03) << w << " " << p;
    }
  }
}

TEST(ProjectedCooccurrence, SignsAreBalancedAndUncorrelated) {
  constexpr std::size_t kMany = 4096;
  for (std::uint32_t w = 0; w < 5; ++w) {
    for (std::uint32_t v = 0; v <= w; ++v) {
      double sum = 0.0;
      double product = 0.0;
      for (std::size_t p = 0; p < kMany; ++p) {
        sum += static_cast<double>(projection_sign(1, w, p));
        product += static_cast<double>(projection_sign(1, w, p) * projection_sign(1, v, p));
      }
      EXPECT_LT(std::abs(sum), 5.0 * 64.0);
      if (v == w) {
        EXPECT_EQ(product, static_cast<double>(kMany));
      } else {
        EXPECT_LT(std::abs(product), 5.0 * 64.0);
      }
    }
  }
}

TEST(ProjectedCooccurrence, ThreadsDoNotChangeABit) {
  const std::vector<Document> documents = testing::random_documents(200, kWords, 30, 2);
  const ProjectedCooccurrence one = counted(documents, 64, 1);
  for (const int threads : {2, 5}) {
    const ProjectedCooccurrence other = counted(documents, 64, threads);
    EXPECT_EQ(one.rows, other.rows);
    EXPECT_EQ(one.share, other.share);
    EXPECT_EQ(one.documents, other.documents);
  }
}

}  // namespace
}  // namespace svi_lda

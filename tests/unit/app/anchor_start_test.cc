#include "app/anchor_start.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "corpus/cache.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 8;
constexpr std::uint32_t kWords = 120;

// Topic k alone has the word k, with probability 0.1; each word from kTopics on is in three topics.
std::vector<std::vector<double>> planted_topics() {
  std::vector<std::vector<double>> beta(kTopics, std::vector<double>(kWords, 0.0));
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    beta[k][k] = 0.1;
    double sum = 0.0;
    for (std::uint32_t w = kTopics; w < kWords; ++w) {
      if ((w + k) % kTopics < 3) sum += beta[k][w] = 1.0 + (w * (k + 3)) % 7;
    }
    for (std::uint32_t w = kTopics; w < kWords; ++w) beta[k][w] *= 0.9 / sum;
  }
  return beta;
}

// `docs` documents of 60 tokens, of two topics each.
void write_documents(const std::string& path, std::size_t docs) {
  const auto beta = planted_topics();
  RandomStream random = testing::test_stream(5);
  CacheWriter writer(path);
  for (std::size_t d = 0; d < docs; ++d) {
    const std::uint64_t topics[2] = {random.below(kTopics), random.below(kTopics)};
    const double share = random.uniform();
    std::map<std::uint32_t, std::uint32_t> counts;
    for (int i = 0; i < 60; ++i) {
      const std::vector<double>& of = beta[topics[random.uniform() < share ? 0 : 1]];
      double u = random.uniform();
      std::uint32_t w = 0;
      while (w + 1 < kWords && u >= of[w]) u -= of[w++];
      ++counts[w];
    }
    writer.add(testing::make_document(counts).view());
  }
  writer.finish(kWords);
}

class AnchorStart : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
};

// Half of a start is what is recovered, half is noise: what stands above the noise is planted.
TEST_F(AnchorStart, RecoversPlantedTopics) {
  const std::string path = folder_.file("planted.cache");
  write_documents(path, 20000);
  Topics topics(kTopics, kWords, 0.1);
  anchor_start(topics, 3, CacheReader(path), Parallel(2));
  const auto beta = planted_topics();
  std::set<std::uint32_t> found;
  std::vector<float> row(topics.stride());
  std::vector<std::vector<double>> start(kTopics, std::vector<double>(kWords));
  for (std::uint32_t w = 0; w < kWords; ++w) {
    topics.lambda_row(w, row.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      start[k][w] = 2.0 * static_cast<double>(row[k]) / topics.row_sums()[k] - 1.0 / kWords;
    }
  }
  for (const std::vector<double>& topic : start) {
    double nearest = 2.0;
    std::uint32_t of = 0;
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      double apart = 0.0;
      for (std::uint32_t w = 0; w < kWords; ++w) apart += std::abs(topic[w] - beta[k][w]);
      if (apart < nearest) {
        nearest = apart;
        of = k;
      }
    }
    found.insert(of);
    // Of the noise alone, of deviation 0.1, come 0.08; other topics are 1.2 and more apart.
    EXPECT_LT(nearest, 0.3) << of;
  }
  EXPECT_EQ(found.size(), kTopics) << "each topic once";
}

TEST_F(AnchorStart, ThreadsDoNotChangeABit) {
  const std::string path = folder_.file("planted.cache");
  write_documents(path, 3000);
  const CacheReader documents(path);
  Topics one(kTopics, kWords, 0.1);
  anchor_start(one, 3, documents, Parallel(1));
  Topics other(kTopics, kWords, 0.1);
  anchor_start(other, 3, documents, Parallel(3));
  EXPECT_TRUE(std::equal(one.row(0), one.row(0) + kWords * one.stride(), other.row(0)));
}

// A corpus too small for anchors leaves topics as random ones are.
TEST_F(AnchorStart, TopicsWithoutAnchorsBeginAtRandom) {
  const std::string path = folder_.file("small.cache");
  write_documents(path, 3);
  Topics topics(kTopics, kWords, 0.1);
  anchor_start(topics, 3, CacheReader(path), Parallel(1));
  std::vector<float> row(topics.stride());
  for (std::uint32_t w = 0; w < kWords; ++w) {
    topics.lambda_row(w, row.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) EXPECT_NEAR(row[k], 0.5f, 0.3f);
  }
}

}  // namespace
}  // namespace svi_lda

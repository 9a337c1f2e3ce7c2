#include "global/coordinate_ascent.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "support/problem_of.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kVocab = 40;
constexpr double kEta = 0.03;

// Three blocks of documents, numbered through.
std::vector<Minibatch> three_blocks() {
  std::vector<Minibatch> blocks(3);
  MinibatchBuilder builder(kVocab);
  std::uint64_t number = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (const Document& document : testing::random_documents(8, kVocab, 20, b)) {
      builder.add(document.view(), ++number);
    }
    builder.build(blocks[b]);
  }
  return blocks;
}

// Sufficient statistics with random entries for the words of a minibatch, some of them 0.
struct RandomStats : SufficientStats {
  AlignedVector<float> values;

  RandomStats(const Minibatch& batch, std::uint64_t seed) {
    RandomStream random = testing::test_stream(seed);
    stride = padded_topics(kTopics);
    values.assign(batch.num_words() * stride, 0.0f);
    topic_sums.assign(kTopics, 0.0);
    for (std::size_t i = 0; i < batch.num_words(); ++i) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        const double value = random.uniform() < 0.3 ? 0.0 : 1000.0 * random.uniform();
        values[i * stride + k] = static_cast<float>(value);
        topic_sums[k] += static_cast<double>(values[i * stride + k]);
      }
    }
    rows = values;
  }
  RandomStats(const RandomStats&) = delete;
  RandomStats& operator=(const RandomStats&) = delete;
};

using Dense = std::vector<std::vector<double>>;  // [V][K]

void add(const Minibatch& batch, const SufficientStats& stats, double factor, Dense& to) {
  for (std::size_t i = 0; i < batch.num_words(); ++i) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      to[batch.words[i]][k] += factor * static_cast<double>(stats.rows[i * stats.stride + k]);
    }
  }
}

void expect_lambda(const Topics& topics, const Dense& sums, double tolerance) {
  std::vector<double> row_sums(kTopics, 0.0);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const double lambda =
          topics.eta_bar() + topics.scale() * static_cast<double>(topics.row(w)[k]);
      EXPECT_NEAR(lambda, kEta + sums[w][k], tolerance * (1.0 + sums[w][k]));
      EXPECT_GE(topics.row(w)[k], 0.0f);
      row_sums[k] += lambda;
    }
  }
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(topics.row_sums()[k], row_sums[k], 1e-9 * row_sums[k]);
  }
}

TEST(CoordinateAscent, BatchTakesTheSumsOfAPassAndForgetsTheStart) {
  const Parallel parallel(2);
  Topics topics = testing::random_topics(kTopics, kVocab, kEta, 1);
  const std::vector<float> start(topics.row(0), topics.row(0) + topics.stride() * kVocab);
  DocumentMemory memory;
  for (std::uint64_t pass = 0; pass < 3; ++pass) {
    Dense sums(kVocab, std::vector<double>(kTopics, 0.0));
    const std::vector<float> before(topics.row(0), topics.row(0) + topics.stride() * kVocab);
    for (const Minibatch& batch : three_blocks()) {
      const RandomStats stats(batch, pass * 10 + batch.doc_number.front());
      add_to_sums(batch, stats, -1.5, parallel, topics, memory);
      add(batch, stats, 1.0, sums);
    }
    EXPECT_TRUE(std::equal(before.begin(), before.end(), topics.row(0))) << "lambda is frozen";
    EXPECT_EQ(take_sums(kEta, parallel, topics, memory), -4.5);
    expect_lambda(topics, sums, 1e-6);
  }
  EXPECT_TRUE(memory.sums.empty());
}

TEST(CoordinateAscent, IncrementalIsTheSumOfWhatEachBlockAddedLast) {
  const Parallel parallel(2);
  const std::vector<Minibatch> blocks = three_blocks();
  Topics topics = testing::random_topics(kTopics, kVocab, kEta, 1);
  DocumentMemory memory;
  Dense sums(kVocab, std::vector<double>(kTopics, 0.0));
  std::vector<std::unique_ptr<RandomStats>> last;
  for (const Minibatch& batch : blocks) {
    last.push_back(std::make_unique<RandomStats>(batch, batch.doc_number.front()));
    keep_block(batch, *last.back(), 1.0, memory);
    add(batch, *last.back(), 1.0, sums);
  }
  EXPECT_EQ(sum_blocks(kEta, parallel, topics, memory), 3.0);
  expect_lambda(topics, sums, 1e-6);
  for (std::uint64_t step = 0; step < 300; ++step) {
    const std::size_t b = (step * step + 1) % 3;
    auto stats = std::make_unique<RandomStats>(blocks[b], 100 + step);
    replace_block(blocks[b], *stats, 2.0, parallel, topics, memory);
    add(blocks[b], *last[b], -1.0, sums);
    add(blocks[b], *stats, 1.0, sums);
    last[b] = std::move(stats);
    expect_lambda(topics, sums, 1e-2);  // rounding of all the steps before
  }
  EXPECT_EQ(sum_blocks(kEta, parallel, topics, memory), 1.0 + 2.0 * 2.0);
  expect_lambda(topics, sums, 1e-6);
}

TEST(CoordinateAscent, ABlockOfOtherDocumentsIsRefused) {
  const Parallel parallel(1);
  const std::vector<Minibatch> blocks = three_blocks();
  Topics topics(kTopics, kVocab, kEta);
  DocumentMemory memory;
  keep_block(blocks[0], RandomStats(blocks[0], 1), 1.0, memory);
  const auto refused = [&](const Minibatch& batch) {
    const RandomStats stats(batch, 2);
    EXPECT_THAT(problem_of(ErrorKind::kNumeric,
                           [&] { replace_block(batch, stats, 1.0, parallel, topics, memory); }),
                ::testing::HasSubstr("begins with document"));
  };
  refused(blocks[1]);
  Minibatch other = blocks[1];
  other.doc_number = blocks[0].doc_number;
  refused(other);
}

}  // namespace
}  // namespace svi_lda

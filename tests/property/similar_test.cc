// What is near, against the same distances taken of whole matrices in memory.
#include "svi_lda/similar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "output/model_file.h"
#include "support/corpus_file.h"
#include "support/synthetic.h"
#include "support/temporary_folder.h"
#include "svi_lda/error.h"
#include "svi_lda/train.h"

namespace svi_lda {
namespace {

using Matrix = std::vector<std::vector<double>>;

// sqrt(JSD / log 2), as entropies.
double distance(const std::vector<double>& p, const std::vector<double>& q) {
  const auto entropy = [](double x) { return x > 0.0 ? -x * std::log2(x) : 0.0; };
  double sum = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    sum += entropy(0.5 * (p[i] + q[i])) - 0.5 * (entropy(p[i]) + entropy(q[i]));
  }
  return std::sqrt(std::max(sum, 0.0));
}

std::vector<Similar> nearest_rows(const Matrix& rows, std::size_t asked, std::size_t top,
                                  std::uint64_t first_number) {
  std::vector<Similar> all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i != asked && !rows[i].empty()) {
      Similar one;
      one.number = first_number + i;
      one.distance = distance(rows[asked], rows[i]);
      all.push_back(std::move(one));
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Similar& a, const Similar& b) { return a.distance < b.distance; });
  all.resize(std::min(top, all.size()));
  return all;
}

void expect_same(const std::vector<Similar>& found, const std::vector<Similar>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].number, expected[i].number) << i;
    EXPECT_NEAR(found[i].distance, expected[i].distance, 1e-7) << i;
  }
}

class SimilarThings : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_uci(corpus(), testing::random_documents(80, 50, 40, 5), 50);
    TrainOptions train_options;
    train_options.corpus = corpus();
    train_options.output = folder_.file("run");
    train_options.topics = 6;
    train_options.passes = 5;
    train(train_options);
    options_.source.run = train_options.output;
    options_.top = 4;
  }
  std::string corpus() const { return folder_.path() + "/corpus.txt"; }
  Matrix topics() const {
    const Model model = read_model(options_.source.run + "/model.npz");
    Matrix rows(6, std::vector<double>(50));
    std::vector<float> lambda(6);
    for (std::uint32_t w = 0; w < 50; ++w) {
      model.topics.lambda_row(w, lambda.data());
      for (std::size_t k = 0; k < 6; ++k) rows[k][w] = lambda[k];
    }
    return rows;
  }
  TemporaryFolder folder_;
  SimilarOptions options_;
};

void normalize(Matrix& rows) {
  for (std::vector<double>& row : rows) {
    double sum = 0.0;
    for (const double value : row) sum += value;
    for (double& value : row) value /= sum;
  }
}

TEST_F(SimilarThings, TopicsByTheirWords) {
  Matrix rows = topics();
  normalize(rows);
  options_.topic = 2;
  const SimilarResult result = similar(options_);
  expect_same(result.nearest, nearest_rows(rows, 2, 4, 0));
  EXPECT_EQ(result.asked.number, 2u);
  EXPECT_FALSE(result.asked.words.empty());
  EXPECT_FALSE(result.nearest.front().words.empty());
}

TEST_F(SimilarThings, WordsByTheirTopics) {
  const Matrix of_topics = topics();
  Matrix rows(50, std::vector<double>(6));
  for (std::size_t w = 0; w < 50; ++w) {
    for (std::size_t k = 0; k < 6; ++k) rows[w][k] = of_topics[k][w];
  }
  normalize(rows);
  options_.kind = SimilarOptions::Kind::kWord;
  options_.word = std::string("7");
  expect_same(similar(options_).nearest, nearest_rows(rows, 7, 4, 0));
}

TEST_F(SimilarThings, DocumentsByTheirTopics) {
  options_.source.corpus = corpus();
  Matrix theta;
  infer(options_.source, [&](const InferredDocument& document) {
    theta.emplace_back(document.theta.begin(), document.theta.end());
  });
  options_.kind = SimilarOptions::Kind::kDocument;
  for (const std::uint64_t number : {1u, 13u, 80u}) {
    options_.document = std::to_string(number);
    expect_same(similar(options_).nearest, nearest_rows(theta, number - 1, 4, 1));
  }
}

TEST_F(SimilarThings, WhatThereIsNotIsRefused) {
  options_.topic = 6;
  EXPECT_THROW(similar(options_), Error);
  options_.kind = SimilarOptions::Kind::kWord;
  options_.word = "50";
  EXPECT_THROW(similar(options_), Error);
  options_.kind = SimilarOptions::Kind::kDocument;
  options_.source.corpus = corpus();
  for (const char* const document : {"81", "0", "", "-1", "1x", "99999999999999999999"}) {
    options_.document = document;
    EXPECT_THROW(similar(options_), Error) << document;
  }
}

}  // namespace
}  // namespace svi_lda

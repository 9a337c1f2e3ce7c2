// A step with S = D and rho = 1 is one coordinate-ascent step of batch VB, and nothing in it
// depends on how documents, words or topics are numbered.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "global/global_step.h"
#include "local/local_step.h"
#include "local/reference.h"
#include "stats/reduce.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;

constexpr std::uint32_t kTopics = 9;
constexpr std::uint32_t kVocab = 80;
constexpr double kEta = 0.07;

Hyperparameters hyper() { return {std::vector<double>(kTopics, 0.2), kEta}; }

// lambda after the step, [V][K].
std::vector<std::vector<float>> step(const std::vector<Document>& documents, Topics topics,
                                     double rho, int iterations) {
  const Parallel parallel(2);
  const Minibatch batch = make_minibatch(documents, kVocab);
  Responsibilities responsibilities;
  SufficientStats stats;
  local_step(batch, topics, hyper(), {LocalMethod::kVb, iterations, 0.0}, parallel,
             responsibilities);
  reduce(batch, kTopics, responsibilities, parallel, stats);
  global_step(batch, stats, static_cast<double>(documents.size()), rho, kEta, 1, 1, parallel,
              topics);
  std::vector<std::vector<float>> lambda(kVocab, std::vector<float>(kTopics));
  for (std::uint32_t w = 0; w < kVocab; ++w) topics.lambda_row(w, lambda[w].data());
  return lambda;
}

TEST(OneStep, OfTheWholeCorpusIsABatchVbStep) {
  const auto documents = random_documents(40, kVocab, 60, 1);
  const Topics topics = random_topics(kTopics, kVocab, kEta, 2);
  Eigen::MatrixXd lambda(kVocab, kTopics);
  std::vector<float> row(kTopics);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    topics.lambda_row(w, row.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) lambda(w, k) = static_cast<double>(row[k]);
  }
  const Eigen::VectorXd sums = lambda.colwise().sum();
  const Eigen::VectorXd alpha = Eigen::VectorXd::Constant(kTopics, 0.2);
  Eigen::MatrixXd next = Eigen::MatrixXd::Constant(kVocab, kTopics, kEta);
  for (const Document& document : documents) {
    const auto n = static_cast<Eigen::Index>(document.words.size());
    Eigen::MatrixXd rows(n, kTopics);
    Eigen::VectorXd counts(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      rows.row(i) = lambda.row(document.words[static_cast<std::size_t>(i)]);
      counts[i] = document.counts[static_cast<std::size_t>(i)];
    }
    const ReferenceDocument out =
        reference_local_step(LocalMethod::kVb, rows, sums, counts, alpha, 8, 0.0);
    for (Eigen::Index i = 0; i < n; ++i) {
      next.row(document.words[static_cast<std::size_t>(i)]) += counts[i] * out.phi.row(i);
    }
  }
  const auto got = step(documents, topics, 1.0, 8);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_NEAR(static_cast<double>(got[w][k]), next(w, k), 2e-4 * (1.0 + next(w, k)))
          << "word " << w << ", topic " << k;
    }
  }
}

TEST(OneStep, PermutingDocumentsChangesOnlyTheOrderOfSummation) {
  auto documents = random_documents(40, kVocab, 60, 3);
  const Topics topics = random_topics(kTopics, kVocab, kEta, 2);
  const auto before = step(documents, topics, 0.4, 30);
  std::rotate(documents.begin(), documents.begin() + 13, documents.end());
  std::reverse(documents.begin() + 5, documents.end());
  const auto after = step(documents, topics, 0.4, 30);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_NEAR(after[w][k], before[w][k], 1e-5f * (1.0f + before[w][k]));
    }
  }
}

TEST(OneStep, PermutingWordsPermutesTheResult) {
  const auto documents = random_documents(40, kVocab, 60, 4);
  const Topics topics = random_topics(kTopics, kVocab, kEta, 2);
  std::vector<std::uint32_t> to(kVocab);
  std::iota(to.begin(), to.end(), 0u);
  std::reverse(to.begin(), to.end());
  std::rotate(to.begin(), to.begin() + 7, to.end());
  Topics renamed(kTopics, kVocab, kEta);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    std::copy_n(topics.row(w), topics.stride(), renamed.row(to[w]));
  }
  renamed.set_row_sums(renamed.sum_rows(Parallel(1)));
  std::vector<Document> renamed_documents;
  for (const Document& document : documents) {
    std::map<std::uint32_t, std::uint32_t> counts;
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      counts[to[document.words[i]]] = document.counts[i];
    }
    renamed_documents.push_back(testing::make_document(counts));
  }
  const auto before = step(documents, topics, 0.4, 30);
  const auto after = step(renamed_documents, renamed, 0.4, 30);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_NEAR(after[to[w]][k], before[w][k], 1e-4f * (1.0f + before[w][k]));
    }
  }
}

TEST(OneStep, PermutingTopicsPermutesTheResult) {
  const auto documents = random_documents(40, kVocab, 60, 5);
  const Topics topics = random_topics(kTopics, kVocab, kEta, 2);
  Topics rotated(kTopics, kVocab, kEta);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k)
      rotated.row(w)[(k + 4) % kTopics] = topics.row(w)[k];
  }
  rotated.set_row_sums(rotated.sum_rows(Parallel(1)));
  const auto before = step(documents, topics, 0.4, 30);
  const auto after = step(documents, rotated, 0.4, 30);
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      EXPECT_NEAR(after[w][(k + 4) % kTopics], before[w][k], 1e-4f * (1.0f + before[w][k]));
    }
  }
}

}  // namespace
}  // namespace svi_lda

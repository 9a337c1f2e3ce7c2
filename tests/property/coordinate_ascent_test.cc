// Batch and incremental VB: the corpus bound never falls, batch VB is what it is in double, and
// both come to the same end.
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/alpha_option.h"
#include "app/expectation_step.h"
#include "app/maximization_step.h"
#include "app/settling.h"
#include "math/digamma.h"
#include "math/dirichlet.h"
#include "minibatch/document_order.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

using testing::make_document;
using testing::random_documents;
using testing::random_topics;
using testing::test_stream;

constexpr double kEta = 0.05;

struct Toy {
  std::vector<Document> documents;
  std::uint32_t vocab_size;
  std::uint32_t num_topics;
  std::size_t block_docs;
};

TrainOptions options_of(const Toy& toy, const std::string& inference, int inner_iterations) {
  TrainOptions options;
  options.inference = inference;
  options.topics = toy.num_topics;
  options.alpha = "0.3";
  options.eta = "0.05";
  options.inner_iterations = inner_iterations;
  return options;
}

// A run without files.
class Ascent {
 public:
  Ascent(const Toy& toy, const TrainOptions& options, std::uint64_t seed, int threads = 2)
      : options_(options),
        parallel_(threads),
        expectation_(options_, static_cast<double>(toy.documents.size())),
        maximization_(options_, static_cast<double>(toy.documents.size())),
        state_{random_topics(toy.num_topics, toy.vocab_size, kEta, seed),
               {start_alpha(options), kEta},
               0,
               {},
               0,
               0,
               0.0,
               initial_memory(options, static_cast<double>(toy.documents.size()))} {
    MinibatchBuilder builder(toy.vocab_size);
    for (std::size_t d = 0; d < toy.documents.size(); ++d) {
      builder.add(toy.documents[d].view(), d + 1);
      if (builder.num_docs() == toy.block_docs || d + 1 == toy.documents.size()) {
        builder.build(blocks_.emplace_back());
      }
    }
  }

  void pass() {
    const Permutation order(blocks_.size(), 1, state_.position.pass);
    for (std::size_t place = 0; place < blocks_.size(); ++place) {
      const Minibatch& batch = blocks_[order(place)];
      expectation_.local(batch, state_, parallel_, BesideTasks{0, [](std::size_t) {}});
      expectation_.reduce(batch, state_, parallel_, stats_);
      ++state_.step;
      const bool last = place + 1 == blocks_.size();
      maximization_.step(batch, expectation_, stats_, 1.0, last, parallel_, state_);
      after_step_(state_);
    }
    ++state_.position.pass;
  }
  void passes(int count) {
    for (int i = 0; i < count; ++i) pass();
  }

  void after_step(std::function<void(const TrainingState&)> call) { after_step_ = std::move(call); }
  const TrainingState& state() const { return state_; }
  double bound() const { return state_.memory.bounds.back(); }
  bool settled() const { return bound_has_settled(options_, state_.memory); }
  Eigen::MatrixXd lambda() const {
    const Topics& topics = state_.topics;
    Eigen::MatrixXd all(topics.vocab_size(), topics.num_topics());
    std::vector<float> row(topics.num_topics());
    for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
      topics.lambda_row(w, row.data());
      for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
        all(w, k) = static_cast<double>(row[k]);
      }
    }
    return all;
  }

 private:
  TrainOptions options_;
  Parallel parallel_;
  ExpectationStep expectation_;
  MaximizationStep maximization_;
  TrainingState state_;
  std::vector<Minibatch> blocks_;
  SufficientStats stats_;
  std::function<void(const TrainingState&)> after_step_ = [](const TrainingState&) {};
};

Toy random_toy(std::uint64_t seed) { return {random_documents(37, 60, 80, seed), 60, 8, 10}; }

// Four topics with words of their own, two topics a document.
Toy planted_toy(std::uint64_t seed = 5) {
  constexpr std::uint32_t kTopics = 4;
  constexpr std::uint32_t kWordsEach = 10;
  RandomStream random = test_stream(seed);
  Toy toy{{}, kTopics * kWordsEach, kTopics, 16};
  for (int d = 0; d < 90; ++d) {
    const std::uint64_t topics[2] = {random.below(kTopics), random.below(kTopics)};
    std::map<std::uint32_t, std::uint32_t> counts;
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t topic = topics[random.uniform() < 0.7 ? 0 : 1];
      ++counts[static_cast<std::uint32_t>(topic * kWordsEach + random.below(kWordsEach))];
    }
    toy.documents.push_back(make_document(counts));
  }
  return toy;
}

double tokens_of(const Toy& toy) {
  double tokens = 0.0;
  for (const Document& document : toy.documents) {
    tokens += static_cast<double>(document.view().tokens());
  }
  return tokens;
}

class AscentBy : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Methods, AscentBy, ::testing::Values("batch", "incremental"),
                         [](const auto& method) { return std::string(method.param); });

TEST_P(AscentBy, TheCorpusBoundNeverFalls) {
  for (const int inner_iterations : {1, 3, 100}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      // Some documents without topics in them, some with more topics to fit than there are.
      Toy toy = seed % 2 == 0 ? random_toy(seed) : planted_toy(seed);
      toy.num_topics = 10;
      TrainOptions options = options_of(toy, GetParam(), inner_iterations);
      options.alpha = "0.05";
      Ascent run(toy, options, seed, 1);
      run.pass();
      for (int pass = 2; pass <= 30; ++pass) {
        const double before = run.bound();
        run.pass();
        ASSERT_GE(run.bound(), before - 1e-6 * std::abs(before))
            << inner_iterations << " inner iterations, seed " << seed << ", pass " << pass;
      }
    }
  }
}

TEST_P(AscentBy, NothingIsCountedTwiceOrLost) {
  const Toy toy = random_toy(3);
  const TrainOptions options = options_of(toy, GetParam(), 20);
  Ascent run(toy, options, 3);
  const double prior = kEta * toy.vocab_size * toy.num_topics;
  const auto expect_all_tokens = [&](const TrainingState& state) {
    double sum = 0.0;
    for (const double row_sum : state.topics.row_sums()) sum += row_sum;
    EXPECT_NEAR(sum - prior, tokens_of(toy), 1e-5 * tokens_of(toy)) << "step " << state.step;
    const Topics& topics = state.topics;
    for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
      for (std::uint32_t k = 0; k < topics.num_topics(); ++k) ASSERT_GE(topics.row(w)[k], 0.0f);
    }
  };
  run.pass();
  expect_all_tokens(run.state());
  run.after_step(expect_all_tokens);
  run.passes(12);
}

TEST_P(AscentBy, ThreadsChangeNothing) {
  const Toy toy = random_toy(4);
  const TrainOptions options = options_of(toy, GetParam(), 20);
  Ascent one(toy, options, 4, 1);
  Ascent three(toy, options, 4, 3);
  one.passes(6);
  three.passes(6);
  EXPECT_EQ(one.lambda(), three.lambda());
  EXPECT_EQ(one.state().memory.gamma, three.state().memory.gamma);
  EXPECT_EQ(one.state().memory.bounds, three.state().memory.bounds);
}

// Batch VB in double, and its bound term by term with phi at hand.
class DoubleBatch {
 public:
  DoubleBatch(const Toy& toy, const TrainOptions& options, Eigen::MatrixXd lambda)
      : toy_(toy), options_(options), lambda_(std::move(lambda)) {
    for (const Document& document : toy.documents) {
      gamma_.push_back(Eigen::RowVectorXd::Constant(toy.num_topics, start_alpha(options).front()) +
                       Eigen::RowVectorXd::Constant(toy.num_topics,
                                                    static_cast<double>(document.view().tokens()) /
                                                        static_cast<double>(toy.num_topics)));
    }
  }

  void pass() {
    const Eigen::MatrixXd elogbeta = expectations(lambda_.transpose()).transpose();
    std::vector<Eigen::MatrixXd> phi;
    Eigen::MatrixXd next = Eigen::MatrixXd::Constant(lambda_.rows(), lambda_.cols(), kEta);
    for (std::size_t d = 0; d < toy_.documents.size(); ++d) {
      phi.push_back(fit(toy_.documents[d], elogbeta, gamma_[d]));
      for (std::size_t i = 0; i < toy_.documents[d].words.size(); ++i) {
        next.row(toy_.documents[d].words[i]) +=
            toy_.documents[d].counts[i] * phi[d].row(static_cast<Eigen::Index>(i));
      }
    }
    lambda_ = next;
    bound_ = bound_at(phi);
  }

  const Eigen::MatrixXd& lambda() const { return lambda_; }
  double bound() const { return bound_; }

 private:
  // E[log .] of Dirichlet distributions, one a row.
  static Eigen::MatrixXd expectations(const Eigen::MatrixXd& parameters) {
    Eigen::MatrixXd out = parameters.unaryExpr([](double x) { return digamma(x); });
    for (Eigen::Index r = 0; r < out.rows(); ++r) {
      out.row(r).array() -= digamma(parameters.row(r).sum());
    }
    return out;
  }

  Eigen::MatrixXd fit(const Document& document, const Eigen::MatrixXd& elogbeta,
                      Eigen::RowVectorXd& gamma) const {
    const auto n = static_cast<Eigen::Index>(document.words.size());
    Eigen::MatrixXd phi(n, lambda_.cols());
    for (std::int64_t iteration = 0; iteration < options_.inner_iterations; ++iteration) {
      const Eigen::RowVectorXd elogtheta = expectations(gamma);
      gamma.setConstant(start_alpha(options_).front());
      for (Eigen::Index i = 0; i < n; ++i) {
        const auto at = static_cast<std::size_t>(i);
        phi.row(i) = (elogtheta + elogbeta.row(document.words[at])).array().exp();
        phi.row(i) /= phi.row(i).sum();
        gamma += document.counts[at] * phi.row(i);
      }
    }
    return phi;
  }

  double bound_at(const std::vector<Eigen::MatrixXd>& phi) const {
    const Eigen::MatrixXd elogbeta = expectations(lambda_.transpose()).transpose();
    const std::vector<double> alpha = start_alpha(options_);
    double bound = 0.0;
    for (std::size_t d = 0; d < toy_.documents.size(); ++d) {
      const Eigen::RowVectorXd elogtheta = expectations(gamma_[d]);
      for (Eigen::Index i = 0; i < phi[d].rows(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        for (Eigen::Index k = 0; k < phi[d].cols(); ++k) {
          if (phi[d](i, k) == 0.0) continue;
          bound +=
              toy_.documents[d].counts[at] * phi[d](i, k) *
              (elogtheta[k] + elogbeta(toy_.documents[d].words[at], k) - std::log(phi[d](i, k)));
        }
      }
      bound -= dirichlet_kl({gamma_[d].data(), toy_.num_topics}, alpha);
    }
    const std::vector<double> eta(toy_.vocab_size, kEta);
    for (Eigen::Index k = 0; k < lambda_.cols(); ++k) {
      bound -= dirichlet_kl({lambda_.col(k).data(), toy_.vocab_size}, eta);
    }
    return bound;
  }

  const Toy& toy_;
  const TrainOptions& options_;
  Eigen::MatrixXd lambda_;  // [V x K]
  std::vector<Eigen::RowVectorXd> gamma_;
  double bound_ = 0.0;
};

TEST(BatchVb, IsThatOfDoubleFromTheSameStart) {
  for (const int inner_iterations : {1, 4}) {
    const Toy toy = random_toy(6);
    TrainOptions options = options_of(toy, "batch", inner_iterations);
    options.inner_tolerance = 0.0;
    Ascent run(toy, options, 6);
    DoubleBatch twin(toy, options, run.lambda());
    for (int pass = 1; pass <= 6; ++pass) {
      run.pass();
      twin.pass();
      EXPECT_NEAR(run.bound(), twin.bound(), 2e-6 * std::abs(twin.bound())) << "pass " << pass;
      EXPECT_LT((run.lambda() - twin.lambda()).cwiseAbs().sum(), 1e-3 * twin.lambda().sum())
          << "pass " << pass;
    }
  }
}

TEST(IncrementalVb, HasTheFirstPassOfBatch) {
  const Toy toy = random_toy(7);
  Ascent batch(toy, options_of(toy, "batch", 10), 7);
  Ascent incremental(toy, options_of(toy, "incremental", 10), 7);
  batch.pass();
  incremental.pass();
  EXPECT_LT((batch.lambda() - incremental.lambda()).cwiseAbs().maxCoeff(), 1e-4);
  EXPECT_NEAR(batch.bound(), incremental.bound(), 1e-6 * std::abs(batch.bound()));
}

TEST(IncrementalVb, ComesToTheEndThatBatchComesTo) {
  const Toy toy = planted_toy();
  TrainOptions options = options_of(toy, "batch", 100);
  options.inner_tolerance = 1e-6;
  Ascent batch(toy, options, 2);
  options.inference = "incremental";
  Ascent incremental(toy, options, 2);
  batch.passes(300);
  incremental.passes(300);
  EXPECT_NEAR(batch.bound(), incremental.bound(), 1e-5 * std::abs(batch.bound()));
  const double tokens = tokens_of(toy);
  EXPECT_LT((batch.lambda() - incremental.lambda()).cwiseAbs().sum(), 1e-2 * tokens);
}

TEST_P(AscentBy, SettlesWhereTheBoundChangesLittle) {
  const Toy toy = planted_toy();
  TrainOptions options = options_of(toy, GetParam(), 100);
  options.bound_tolerance = 1e-4;
  Ascent run(toy, options, 1);
  int passes = 0;
  while (!run.settled() && passes < 500) {
    run.pass();
    ++passes;
  }
  ASSERT_LT(passes, 500);
  const std::vector<double>& bounds = run.state().memory.bounds;
  ASSERT_GE(bounds.size(), 2u);
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    const double change = std::abs(bounds[i] - bounds[i - 1]) / std::abs(bounds[i - 1]);
    EXPECT_EQ(change < 1e-4, i + 1 == bounds.size()) << "pass " << i + 1;
  }
  options.bound_tolerance = 0.0;
  EXPECT_FALSE(bound_has_settled(options, run.state().memory));
}

}  // namespace
}  // namespace svi_lda

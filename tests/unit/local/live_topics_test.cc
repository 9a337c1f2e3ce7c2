// What leaving topics out may change: nothing beyond the inner tolerance.
#include <gtest/gtest.h>

#include <cmath>

#include "local/local_step.h"
#include "math/digamma.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

struct Shape {
  const char* name;
  std::uint32_t num_topics;
  double prior;
  LocalMethod method;
};

class LiveTopics : public ::testing::TestWithParam<Shape> {
 protected:
  static constexpr std::uint32_t kVocab = 600;
  static constexpr double kTolerance = 1e-3;

  // Topics with words of their own and words that they share, as trained ones have.
  Topics topics() const {
    const std::uint32_t num_topics = GetParam().num_topics;
    Topics topics(num_topics, kVocab, GetParam().prior);
    RandomStream random = testing::test_stream(5);
    for (std::uint32_t w = 0; w < kVocab; ++w) {
      for (int times = 0; times < 6; ++times) {
        topics.row(w)[random.below(num_topics)] += static_cast<float>(80.0 * random.uniform());
      }
    }
    topics.set_row_sums(topics.sum_rows(Parallel(1)));
    return topics;
  }
};

constexpr Shape kSmallPriors[] = {{"k100", 100, 0.01, LocalMethod::kVb},
                                  {"k1000", 1000, 0.01, LocalMethod::kVb},
                                  {"tiny_prior", 300, 0.001, LocalMethod::kVb}};
constexpr Shape kOthers[] = {{"large_prior", 100, 0.5, LocalMethod::kVb},
                             {"means", 200, 0.1, LocalMethod::kMeans}};

std::string name_of(const ::testing::TestParamInfo<Shape>& tested) { return tested.param.name; }

// Small priors, where most topics die.
class FewLiveTopics : public LiveTopics {};

INSTANTIATE_TEST_SUITE_P(SmallPriors, LiveTopics, ::testing::ValuesIn(kSmallPriors), name_of);
INSTANTIATE_TEST_SUITE_P(Others, LiveTopics, ::testing::ValuesIn(kOthers), name_of);
INSTANTIATE_TEST_SUITE_P(SmallPriors, FewLiveTopics, ::testing::ValuesIn(kSmallPriors), name_of);

// One more iteration over all topics, in double and without any shortcut.
std::vector<double> dense_iteration(const Minibatch& batch, std::size_t doc, const Topics& topics,
                                    const Hyperparameters& hyper, LocalMethod method,
                                    const std::vector<double>& gamma) {
  const auto weight = [method](double x) {
    return method == LocalMethod::kVb ? digamma(x) : std::log(x);
  };
  std::vector<double> next = hyper.alpha;
  std::vector<double> phi(gamma.size());
  std::vector<float> row(gamma.size());
  for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
    topics.lambda_row(batch.words[batch.entry_word[e]], row.data());
    double top = -1e300;
    for (std::size_t k = 0; k < gamma.size(); ++k) {
      phi[k] =
          weight(gamma[k]) + weight(static_cast<double>(row[k])) - weight(topics.row_sums()[k]);
      top = std::max(top, phi[k]);
    }
    double sum = 0.0;
    for (double& x : phi) sum += x = std::exp(x - top);
    for (std::size_t k = 0; k < gamma.size(); ++k) {
      next[k] += static_cast<double>(batch.entry_count[e]) * phi[k] / sum;
    }
  }
  return next;
}

TEST_P(LiveTopics, ResultMeetsTheToleranceOverAllTopics) {
  const Shape& shape = GetParam();
  const Topics model = topics();
  const Hyperparameters hyper{std::vector<double>(shape.num_topics, shape.prior), shape.prior};
  const Minibatch batch =
      testing::make_minibatch(testing::random_documents(30, kVocab, 200, 6), kVocab);
  Responsibilities out;
  local_step(batch, model, hyper, {shape.method, 1000, kTolerance}, Parallel(1), out);
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    std::vector<double> gamma(shape.num_topics);
    for (std::uint32_t k = 0; k < shape.num_topics; ++k) {
      gamma[k] = static_cast<double>(out.gamma[doc * out.stride + k]);
    }
    const auto next = dense_iteration(batch, doc, model, hyper, shape.method, gamma);
    double change = 0.0;
    for (std::uint32_t k = 0; k < shape.num_topics; ++k) change += std::abs(next[k] - gamma[k]);
    EXPECT_LT(change / shape.num_topics, 1.02 * kTolerance) << "document " << doc;
  }
}

// The shortcut must be taken for the test above to say anything: far fewer multiplications than
// iterations over all topics would need.
TEST_P(FewLiveTopics, MostIterationsAreOverFewTopics) {
  const Shape& shape = GetParam();
  const Topics model = topics();
  const Hyperparameters hyper{std::vector<double>(shape.num_topics, shape.prior), shape.prior};
  const Minibatch batch =
      testing::make_minibatch(testing::random_documents(30, kVocab, 200, 6), kVocab);
  Responsibilities out;
  local_step(batch, model, hyper, {shape.method, 200, 1e-5}, Parallel(1), out);
  double all = 0.0;
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    const double n = batch.doc_begin[doc + 1] - batch.doc_begin[doc];
    all += 2.0 * n * static_cast<double>(out.stride) * static_cast<double>(out.work.iterations) /
           static_cast<double>(batch.num_docs());
  }
  EXPECT_LT(static_cast<double>(out.work.multiply_adds), 0.6 * all);
}

}  // namespace
}  // namespace svi_lda

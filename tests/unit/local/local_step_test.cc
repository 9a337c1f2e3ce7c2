#include "local/local_step.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "local/reference.h"
#include "support/double_twin.h"
#include "support/step_shapes.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using testing::double_twin;
using testing::make_document;
using testing::make_minibatch;
using testing::random_documents;
using testing::random_topics;
using testing::StepShape;

Hyperparameters symmetric(std::uint32_t num_topics, double alpha, double eta) {
  return {std::vector<double>(num_topics, alpha), eta};
}

Responsibilities run(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                     const LocalStepOptions& options, int threads = 1) {
  Responsibilities out;
  local_step(batch, topics, hyper, options, Parallel(threads), out);
  return out;
}

class LocalStep : public ::testing::TestWithParam<StepShape> {
 protected:
  static constexpr std::uint32_t kVocab = StepShape::kVocab;
  Topics topics() const { return GetParam().topics(); }
  Hyperparameters hyper() const {
    return symmetric(GetParam().num_topics, GetParam().alpha, GetParam().eta);
  }
};

INSTANTIATE_TEST_SUITE_P(Shapes, LocalStep, testing::step_shapes(), testing::NameOfShape());

TEST_P(LocalStep, AgreesWithTheDoubleTwinIterationByIteration) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(12, kVocab, 80, 3), kVocab);
  for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
    for (const int iterations : {1, 2, 5}) {
      // A tolerance of 0 makes both run the same number of iterations.
      const LocalStepOptions options{method, iterations, 0.0};
      const Responsibilities out = run(batch, model, hyper(), options);
      for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
        const ReferenceDocument expected = double_twin(batch, doc, model, hyper(), options);
        double tokens = 0.0;
        for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
          tokens += static_cast<double>(batch.entry_count[e]);
        }
        // Errors of 1e-5 in exp(psi) grow by a factor of a few with each iteration.
        const double bound = 3e-5 * std::pow(4.0, iterations) * (1.0 + tokens);
        for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
          EXPECT_NEAR(static_cast<double>(out.gamma[doc * out.stride + k]),
                      expected.gamma[static_cast<Eigen::Index>(k)], bound)
              << "document " << doc << ", topic " << k << ", iterations " << iterations;
        }
      }
    }
  }
}

// Dot products of the first iteration are shared by all documents only where alpha is symmetric.
TEST_P(LocalStep, TakesEachTopicsOwnAlpha) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(12, kVocab, 80, 3), kVocab);
  Hyperparameters uneven = hyper();
  for (std::uint32_t k = 0; k < model.num_topics(); ++k) uneven.alpha[k] *= 0.2 + 0.5 * (k % 7);
  for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
    for (const int iterations : {1, 5}) {
      const LocalStepOptions options{method, iterations, 0.0};
      const Responsibilities out = run(batch, model, uneven, options);
      for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
        const ReferenceDocument expected = double_twin(batch, doc, model, uneven, options);
        const double bound = 3e-5 * std::pow(4.0, iterations) * (1.0 + expected.gamma.sum());
        for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
          EXPECT_NEAR(static_cast<double>(out.gamma[doc * out.stride + k]),
                      expected.gamma[static_cast<Eigen::Index>(k)], bound)
              << "document " << doc << ", topic " << k << ", iterations " << iterations;
        }
      }
    }
  }
}

TEST_P(LocalStep, GoesOnFromTheGammaThatItIsGiven) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(12, kVocab, 80, 3), kVocab);
  Responsibilities out = run(batch, model, hyper(), {LocalMethod::kVb, 2, 0.0});
  LocalStepOptions three_more{LocalMethod::kVb, 3, 0.0};
  three_more.warm_start = true;
  local_step(batch, model, hyper(), three_more, Parallel(2), out);
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    const ReferenceDocument expected =
        double_twin(batch, doc, model, hyper(), {LocalMethod::kVb, 5, 0.0});
    const double bound = 3e-5 * std::pow(4.0, 5) *
                         (1.0 + expected.gamma.sum() - GetParam().alpha * GetParam().num_topics);
    for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
      EXPECT_NEAR(static_cast<double>(out.gamma[doc * out.stride + k]),
                  expected.gamma[static_cast<Eigen::Index>(k)], bound)
          << "document " << doc << ", topic " << k;
    }
  }
  // A document that has converged takes one more iteration to find that out.
  LocalStepOptions until_converged{LocalMethod::kVb, 10'000, 1e-3};
  out = run(batch, model, hyper(), until_converged);
  until_converged.warm_start = true;
  local_step(batch, model, hyper(), until_converged, Parallel(2), out);
  EXPECT_EQ(out.work.iterations, batch.num_docs());
}

TEST_P(LocalStep, GammaSumsToAlphaPlusTokens) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(20, kVocab, 200, 5), kVocab);
  for (const LocalMethod method : {LocalMethod::kVb, LocalMethod::kMeans}) {
    const Responsibilities out = run(batch, model, hyper(), {method, 100, 1e-3});
    const double alpha_sum = GetParam().alpha * GetParam().num_topics;
    for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
      double expected = alpha_sum;
      for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
        expected += static_cast<double>(batch.entry_count[e]);
      }
      double sum = 0.0;
      for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
        sum += static_cast<double>(out.gamma[doc * out.stride + k]);
      }
      EXPECT_NEAR(sum, expected, 2e-6 * expected) << "document " << doc;
    }
  }
}

TEST_P(LocalStep, ThreadsDoNotChangeABit) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(50, kVocab, 100, 9), kVocab);
  const Responsibilities one = run(batch, model, hyper(), {LocalMethod::kVb, 50, 1e-3}, 1);
  for (const int threads : {2, 3, 7}) {
    const Responsibilities many = run(batch, model, hyper(), {LocalMethod::kVb, 50, 1e-3}, threads);
    EXPECT_EQ(one.gamma, many.gamma);
    EXPECT_EQ(one.etheta, many.etheta);
    EXPECT_EQ(one.ratio, many.ratio);
    EXPECT_EQ(one.slow_entry, many.slow_entry);
    EXPECT_EQ(one.slow_phi, many.slow_phi);
    EXPECT_EQ(one.work.iterations, many.work.iterations);
  }
}

TEST_P(LocalStep, DocumentsDoNotDependOnTheirMinibatch) {
  const Topics model = topics();
  const auto documents = random_documents(9, kVocab, 60, 21);
  const Responsibilities together =
      run(make_minibatch(documents, kVocab), model, hyper(), {LocalMethod::kVb, 50, 1e-3});
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const Responsibilities alone =
        run(make_minibatch({documents[d]}, kVocab), model, hyper(), {LocalMethod::kVb, 50, 1e-3});
    for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
      EXPECT_EQ(alone.gamma[k], together.gamma[d * together.stride + k]);
    }
  }
}

struct Clash {
  const char* name;
  std::uint32_t num_topics;
  double prior;                 // alpha and eta
  std::uint32_t tokens_a_word;  // of the words of the document's own topic
};

// Both underflow cases: a word of other topics in a document of one topic at alpha = eta = 0.01,
// and a document of five words at alpha = 0.001, K = 1000.
class LocalStepUnderflow : public ::testing::TestWithParam<Clash> {};
INSTANTIATE_TEST_SUITE_P(Cases, LocalStepUnderflow,
                         ::testing::Values(Clash{"long_document", 500, 0.01, 30},
                                           Clash{"five_words", 1000, 0.001, 1}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(LocalStepUnderflow, GoesToLogSpaceAndKeepsEveryToken) {
  const Clash& c = GetParam();
  const Topics topics = testing::clashing_topics(c.num_topics, 40, c.prior);
  const Hyperparameters hyper = symmetric(c.num_topics, c.prior, c.prior);
  std::map<std::uint32_t, std::uint32_t> counts{{0, 1}};
  for (std::uint32_t w = 1; w <= 4; ++w) counts[w] = c.tokens_a_word;
  const Minibatch batch = make_minibatch({make_document(counts)}, 40);
  for (const int iterations : {1, 2, 3, 10}) {
    const LocalStepOptions options{LocalMethod::kVb, iterations, 0.0};
    const Responsibilities out = run(batch, topics, hyper, options);
    EXPECT_EQ(out.slow_entry.size(), iterations == 1 ? 0u : 1u) << "iterations " << iterations;
    const ReferenceDocument expected = double_twin(batch, 0, topics, hyper, options);
    const double tokens = static_cast<double>(batch.tokens);
    double sum = 0.0;
    for (std::uint32_t k = 0; k < c.num_topics; ++k) {
      const auto gamma = static_cast<double>(out.gamma[k]);
      sum += gamma;
      ASSERT_NEAR(gamma, expected.gamma[static_cast<Eigen::Index>(k)], 1e-4 * tokens)
          << "topic " << k << ", iterations " << iterations;
    }
    const double alpha_sum = c.prior * c.num_topics;
    EXPECT_NEAR(sum, alpha_sum + tokens, 2e-6 * (alpha_sum + tokens));
  }
}

TEST(LocalStepEdge, TopicsWithoutAnyMassStayFinite) {
  // No word was ever seen: every lambda is eta = 0.001, exp(psi) is 0 in float and in double.
  const Topics topics(50, 30, 0.001);
  const Minibatch batch = make_minibatch(random_documents(5, 30, 20, 2), 30);
  const Responsibilities out =
      run(batch, topics, symmetric(50, 0.001, 0.001), {LocalMethod::kVb, 100, 1e-3});
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    for (std::uint32_t k = 1; k < 50; ++k) {
      EXPECT_NEAR(out.gamma[doc * out.stride + k], out.gamma[doc * out.stride],
                  1e-4f * out.gamma[doc * out.stride]);
    }
  }
}

TEST(LocalStepEdge, EmptyDocumentKeepsThePrior) {
  const Topics topics = random_topics(5, 10, 0.1, 1);
  const Minibatch batch = make_minibatch({Document{}, make_document({{1, 2}})}, 10);
  const Responsibilities out =
      run(batch, topics, symmetric(5, 0.25, 0.1), {LocalMethod::kVb, 100, 1e-3});
  for (std::uint32_t k = 0; k < 5; ++k) EXPECT_EQ(out.gamma[k], 0.25f);
}

TEST(LocalStepEdge, NotFiniteTopicsAreAnErrorThatNamesTheDocument) {
  Topics topics = random_topics(5, 10, 0.1, 1);
  topics.row(3)[2] = std::nanf("");
  MinibatchBuilder builder(10);
  builder.add(make_document({{1, 1}}).view(), 41);
  builder.add(make_document({{3, 1}}).view(), 42);
  Minibatch batch;
  builder.build(batch);
  try {
    run(batch, topics, symmetric(5, 0.1, 0.1), {LocalMethod::kVb, 100, 1e-3}, 2);
    FAIL() << "accepted NaN";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kNumeric);
    EXPECT_NE(std::string(error.what()).find("document 42"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace svi_lda

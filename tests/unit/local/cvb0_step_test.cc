// The CVB0 local step against a plain loop in double, exact posteriors and its own equation.
#include "local/cvb0_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "local/local_step.h"
#include "support/corrected_phi.h"
#include "support/step_shapes.h"
#include "support/synthetic.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

using testing::corrected_phi;
using testing::make_document;
using testing::make_minibatch;
using testing::mean_beta;
using testing::random_documents;
using testing::random_topics;
using testing::sparse_topics;
using testing::StepShape;

constexpr Cvb0StepOptions kConverged{3000, 0.0};

CorrectedResponsibilities run(const Minibatch& batch, const Topics& topics,
                              const Hyperparameters& hyper, const Cvb0StepOptions& options,
                              int threads = 1) {
  CorrectedResponsibilities out;
  cvb0_step(batch, topics, hyper, options, Parallel(threads), out);
  return out;
}

Hyperparameters uneven(std::uint32_t num_topics, double alpha) {
  Hyperparameters hyper{std::vector<double>(num_topics), 0.01};
  for (std::uint32_t k = 0; k < num_topics; ++k) hyper.alpha[k] = alpha * (1.0 + 0.25 * (k % 4));
  return hyper;
}

// phi, [n x K], of document `doc` after some iterations of Asuncion et al. 2009, eq. 11.
using Phi = std::vector<std::vector<double>>;
struct Twin {
  Phi phi;
  std::vector<double> gamma;
};
Twin twin(const Minibatch& batch, std::size_t doc, const Topics& topics,
          const Hyperparameters& hyper, int iterations) {
  const std::uint32_t num_topics = topics.num_topics();
  const std::uint32_t first = batch.doc_begin[doc];
  const std::size_t n = batch.doc_begin[doc + 1] - first;
  Twin out{Phi(n, std::vector<double>(num_topics, 1.0 / num_topics)), {}};
  const auto sum = [&] {
    out.gamma = hyper.alpha;
    for (std::size_t i = 0; i < n; ++i) {
      const auto count = static_cast<double>(batch.entry_count[first + i]);
      for (std::uint32_t k = 0; k < num_topics; ++k) out.gamma[k] += count * out.phi[i][k];
    }
  };
  sum();
  for (int iteration = 0; iteration < iterations; ++iteration) {
    for (std::size_t i = 0; i < n; ++i) {
      const std::vector<double> beta = mean_beta(topics, batch.words[batch.entry_word[first + i]]);
      double total = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        total += out.phi[i][k] = (out.gamma[k] - out.phi[i][k]) * beta[k];
      }
      for (double& value : out.phi[i]) value /= total;
    }
    sum();
  }
  return out;
}

class Cvb0Step : public ::testing::TestWithParam<StepShape> {
 protected:
  static constexpr std::uint32_t kVocab = StepShape::kVocab;
  Topics topics() const { return GetParam().topics(); }
  Hyperparameters hyper() const { return uneven(GetParam().num_topics, GetParam().alpha); }
};

INSTANTIATE_TEST_SUITE_P(Shapes, Cvb0Step, testing::step_shapes(), testing::NameOfShape());

TEST_P(Cvb0Step, AgreesWithTheDoubleTwinIterationByIteration) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(12, kVocab, 80, 3), kVocab);
  for (const int iterations : {1, 2, 5}) {
    const CorrectedResponsibilities out = run(batch, model, hyper(), {iterations, 0.0});
    EXPECT_EQ(out.work.iterations, batch.num_docs() * static_cast<std::uint64_t>(iterations));
    for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
      const Twin expected = twin(batch, doc, model, hyper(), iterations);
      double tokens = 0.0;
      for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
        tokens += static_cast<double>(batch.entry_count[e]);
      }
      // Rounding grows by a factor of a few with each iteration.
      const double bound = 1e-6 * std::pow(3.0, iterations) * (1.0 + tokens);
      for (std::uint32_t k = 0; k < model.num_topics(); ++k) {
        EXPECT_NEAR(static_cast<double>(out.gamma[doc * out.stride + k]), expected.gamma[k], bound)
            << "document " << doc << ", topic " << k << ", iterations " << iterations;
      }
    }
  }
}

TEST_P(Cvb0Step, PhiOfAnEntrySumsToItsTokensAfterAnyIteration) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(20, kVocab, 200, 5), kVocab);
  for (const int iterations : {1, 3, 50}) {
    const CorrectedResponsibilities out = run(batch, model, hyper(), {iterations, 1e-3});
    for (std::size_t e = 0; e < batch.num_entries(); ++e) {
      const auto count = static_cast<double>(batch.entry_count[e]);
      double sum = 0.0;
      for (const double phi : corrected_phi(batch, out, e, model.num_topics())) sum += phi;
      EXPECT_NEAR(sum, count, 2e-6 * count) << "entry " << e;
    }
  }
}

// phi_k = (gamma_k - phi_k) beta_k / Sum_j (gamma_j - phi_j) beta_j, gamma = alpha + Sum n phi.
TEST_P(Cvb0Step, ConvergedPhiSatisfiesItsEquation) {
  const Topics model = topics();
  const std::uint32_t num_topics = model.num_topics();
  const Minibatch batch = make_minibatch(random_documents(12, kVocab, 80, 3), kVocab);
  const CorrectedResponsibilities out = run(batch, model, hyper(), kConverged);
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
    std::vector<double> gamma = hyper().alpha;
    Phi phi;
    for (std::uint32_t e = batch.doc_begin[doc]; e < batch.doc_begin[doc + 1]; ++e) {
      phi.push_back(corrected_phi(batch, out, e, num_topics));
      for (std::uint32_t k = 0; k < num_topics; ++k) gamma[k] += phi.back()[k];
    }
    for (std::size_t i = 0; i < phi.size(); ++i) {
      const std::uint32_t e = batch.doc_begin[doc] + static_cast<std::uint32_t>(i);
      const std::vector<double> beta = mean_beta(model, batch.words[batch.entry_word[e]]);
      const auto count = static_cast<double>(batch.entry_count[e]);
      double total = 0.0;
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        total += (gamma[k] - phi[i][k] / count) * beta[k];
      }
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        EXPECT_NEAR(phi[i][k] / count, (gamma[k] - phi[i][k] / count) * beta[k] / total, 2e-4)
            << "document " << doc << ", entry " << i << ", topic " << k;
      }
    }
  }
}

TEST_P(Cvb0Step, ThreadsDoNotChangeABit) {
  const Topics model = topics();
  const Minibatch batch = make_minibatch(random_documents(50, kVocab, 100, 9), kVocab);
  const CorrectedResponsibilities one = run(batch, model, hyper(), {50, 1e-3}, 1);
  for (const int threads : {2, 3, 7}) {
    const CorrectedResponsibilities many = run(batch, model, hyper(), {50, 1e-3}, threads);
    EXPECT_EQ(one.rows, many.rows);
    EXPECT_EQ(one.gamma, many.gamma);
    EXPECT_EQ(one.normalizer, many.normalizer);
    EXPECT_EQ(one.ratio, many.ratio);
    EXPECT_EQ(one.work.iterations, many.work.iterations);
  }
}

TEST_P(Cvb0Step, DocumentsDoNotDependOnTheirNeighbours) {
  const Topics model = topics();
  std::vector<Document> documents = random_documents(12, kVocab, 80, 8);
  const CorrectedResponsibilities all =
      run(make_minibatch(documents, kVocab), model, hyper(), {10, 1e-3});
  documents.resize(5);
  const CorrectedResponsibilities few =
      run(make_minibatch(documents, kVocab), model, hyper(), {10, 1e-3});
  EXPECT_TRUE(std::equal(few.gamma.begin(), few.gamma.end(), all.gamma.begin()));
  EXPECT_TRUE(std::equal(few.ratio.begin(), few.ratio.end(), all.ratio.begin()));
}

// p(z = k | w) ~ alpha_k E[beta_kw], from the first iteration on.
TEST(Cvb0StepExact, DocumentsOfOneTokenAreExact) {
  for (const std::uint32_t num_topics : {2u, 5u, 100u}) {
    const Topics topics = random_topics(num_topics, 20, 0.2, 3);
    std::vector<Document> documents;
    for (std::uint32_t w = 0; w < 20; ++w) documents.push_back(make_document({{w, 1}}));
    const Minibatch batch = make_minibatch(documents, 20);
    for (const double alpha : {1e-8, 1e-3, 0.1, 3.0}) {
      const Hyperparameters hyper = uneven(num_topics, alpha);
      for (const int iterations : {1, 2, 10}) {
        const CorrectedResponsibilities out = run(batch, topics, hyper, {iterations, 0.0});
        for (std::size_t e = 0; e < batch.num_entries(); ++e) {
          std::vector<double> expected = mean_beta(topics, batch.words[batch.entry_word[e]]);
          double total = 0.0;
          for (std::uint32_t k = 0; k < num_topics; ++k) total += expected[k] *= hyper.alpha[k];
          const std::vector<double> phi = corrected_phi(batch, out, e, num_topics);
          for (std::uint32_t k = 0; k < num_topics; ++k) {
            EXPECT_NEAR(phi[k], expected[k] / total, 1e-6) << "alpha " << alpha << ", word " << e;
          }
        }
      }
    }
  }
}

// E[n_k | w] of a document with the topics fixed, by enumeration of all K^N assignments.
std::vector<double> exact_counts(const std::vector<std::uint32_t>& words, const Topics& topics,
                                 const std::vector<double>& alpha) {
  const std::uint32_t num_topics = topics.num_topics();
  std::vector<double> expected(num_topics, 0.0);
  double evidence = 0.0;
  std::vector<std::uint32_t> z(words.size(), 0);
  for (;;) {
    std::vector<double> counts(num_topics, 0.0);
    double log_p = 0.0;
    for (std::size_t i = 0; i < z.size(); ++i) {
      log_p += std::log(mean_beta(topics, words[i])[z[i]]);
      counts[z[i]] += 1.0;
    }
    for (std::uint32_t k = 0; k < num_topics; ++k) log_p += std::lgamma(counts[k] + alpha[k]);
    const double p = std::exp(log_p);
    evidence += p;
    for (std::uint32_t k = 0; k < num_topics; ++k) expected[k] += p * counts[k];
    std::size_t i = 0;
    while (i < z.size() && ++z[i] == num_topics) z[i++] = 0;
    if (i == z.size()) break;
  }
  for (double& count : expected) count /= evidence;
  return expected;
}

struct Errors {
  double most = 0.0;
  double mean = 0.0;
};

// Of E[n_k], the worst topic of each of many tiny models, as a share of the document's tokens.
Errors errors_of_tiny_models(double least_alpha, double most_alpha) {
  constexpr int kModels = 300;
  Errors errors;
  for (int model = 0; model < kModels; ++model) {
    RandomStream random = testing::test_stream(1000 + static_cast<std::uint64_t>(model));
    const auto num_topics = 2 + static_cast<std::uint32_t>(random.below(2));
    const auto vocab = 2 + static_cast<std::uint32_t>(random.below(4));
    const auto tokens = 1 + static_cast<std::size_t>(random.below(8));
    Topics topics(num_topics, vocab, 0.05);
    for (std::uint32_t w = 0; w < vocab; ++w) {
      for (std::uint32_t k = 0; k < num_topics; ++k) {
        topics.row(w)[k] = static_cast<float>(-std::log(1.0 - random.uniform()));
      }
    }
    topics.set_row_sums(topics.sum_rows(Parallel(1)));
    Hyperparameters hyper{{}, 0.05};
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      hyper.alpha.push_back(least_alpha + (most_alpha - least_alpha) * random.uniform());
    }
    std::vector<std::uint32_t> words;
    std::map<std::uint32_t, std::uint32_t> counts;
    for (std::size_t i = 0; i < tokens; ++i) {
      words.push_back(static_cast<std::uint32_t>(random.below(vocab)));
      ++counts[words.back()];
    }
    const Minibatch batch = make_minibatch({make_document(counts)}, vocab);
    const CorrectedResponsibilities out = run(batch, topics, hyper, kConverged);
    const std::vector<double> expected = exact_counts(words, topics, hyper.alpha);
    double worst = 0.0;
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      const double count = static_cast<double>(out.gamma[k]) - hyper.alpha[k];
      worst = std::max(worst, std::abs(count - expected[k]) / static_cast<double>(tokens));
    }
    errors.most = std::max(errors.most, worst);
    errors.mean += worst / kModels;
  }
  return errors;
}

// The bounds that cvb0_step.h states.
TEST(Cvb0StepExact, TinyModelsAreWithinTheStatedErrorOfTheEnumeratedPosterior) {
  struct Bound {
    double least_alpha, most_alpha, most, mean;
  };
  for (const Bound& bound : {Bound{0.1, 0.5, 0.3, 0.05}, Bound{0.5, 2.0, 0.08, 0.012},
                             Bound{2.0, 10.0, 0.015, 0.0015}}) {
    const Errors errors = errors_of_tiny_models(bound.least_alpha, bound.most_alpha);
    EXPECT_LE(errors.most, bound.most) << "alpha from " << bound.least_alpha;
    EXPECT_LE(errors.mean, bound.mean) << "alpha from " << bound.least_alpha;
  }
}

// A token's own part is one of many: the step on means, which leaves it in, comes to the same.
TEST(Cvb0StepLimit, LongDocumentsAreFittedAsByTheStepOnMeans) {
  constexpr std::uint32_t kVocab = 60;
  const Topics topics = random_topics(8, kVocab, 0.1, 4);
  const Hyperparameters hyper{std::vector<double>(8, 0.5), 0.1};
  double last = 0.1;
  for (const std::uint32_t times : {1u, 30u, 1000u}) {
    std::vector<Document> documents = random_documents(6, kVocab, 60, 13);
    for (Document& document : documents) {
      for (std::uint32_t& count : document.counts) count *= times;
    }
    const Minibatch batch = make_minibatch(documents, kVocab);
    const CorrectedResponsibilities out = run(batch, topics, hyper, {20, 0.0});
    Responsibilities means;
    local_step(batch, topics, hyper, {LocalMethod::kMeans, 20, 0.0}, Parallel(1), means);
    double apart = 0.0;
    double tokens = 0.0;
    for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) {
      for (std::uint32_t k = 0; k < 8; ++k) {
        const std::size_t at = doc * out.stride + k;
        apart +=
            std::abs(static_cast<double>(out.gamma[at]) - static_cast<double>(means.gamma[at]));
        tokens += static_cast<double>(out.gamma[at]);
      }
    }
    EXPECT_LT(apart / tokens, last) << "counts times " << times;
    last = 0.1 * apart / tokens;
  }
}

// Documents that all threads share: their ranges are those of any other document.
TEST(Cvb0StepWide, ThreadsDoNotChangeABitOfADocumentThatTheyShare) {
  constexpr std::uint32_t kTopics = 1000;
  constexpr std::uint32_t kVocab = 4300;
  const Topics topics = sparse_topics(kTopics, kVocab, 0.01, 50.0, 5);
  const Hyperparameters hyper = uneven(kTopics, 0.01);
  Document wide;
  for (std::uint32_t w = 0; w < kVocab; ++w) {
    wide.words.push_back(w);
    wide.counts.push_back(1 + w % 3);
  }
  std::vector<Document> documents = random_documents(5, kVocab, 60, 2);
  documents.insert(documents.begin() + 2, wide);
  const Minibatch batch = make_minibatch(documents, kVocab);
  const CorrectedResponsibilities one = run(batch, topics, hyper, {4, 1e-6}, 1);
  for (const int threads : {2, 3}) {
    const CorrectedResponsibilities many = run(batch, topics, hyper, {4, 1e-6}, threads);
    EXPECT_EQ(one.gamma, many.gamma);
    EXPECT_EQ(one.ratio, many.ratio);
    EXPECT_EQ(one.work.iterations, many.work.iterations);
  }
  const Twin expected = twin(batch, 2, topics, hyper, 4);
  for (std::uint32_t k = 0; k < kTopics; ++k) {
    EXPECT_NEAR(static_cast<double>(one.gamma[2 * one.stride + k]), expected.gamma[k], 2e-3);
  }
}

// Where a product of three parameters would leave the floats.
TEST(Cvb0StepEdge, TheEndsOfTheDomainLoseNoToken) {
  constexpr std::uint32_t kTopics = 40;
  const auto least = static_cast<double>(kSmallestParameter);
  const Topics topics = sparse_topics(kTopics, 200, least, 1e10, 6);
  const Hyperparameters hyper{std::vector<double>(kTopics, least), least};
  const Minibatch batch = make_minibatch(random_documents(30, 200, 90, 7), 200);
  for (const int iterations : {1, 20}) {
    const CorrectedResponsibilities out = run(batch, topics, hyper, {iterations, 0.0});
    for (std::size_t e = 0; e < batch.num_entries(); ++e) {
      const auto count = static_cast<double>(batch.entry_count[e]);
      double sum = 0.0;
      for (const double phi : corrected_phi(batch, out, e, kTopics)) sum += phi;
      EXPECT_NEAR(sum, count, 2e-6 * count) << "entry " << e;
    }
  }
}

TEST(Cvb0StepEdge, EmptyDocumentsKeepAlpha) {
  const Topics topics = random_topics(5, 10, 0.1, 1);
  const Minibatch batch = make_minibatch({make_document({}), make_document({{2, 3}})}, 10);
  const CorrectedResponsibilities out = run(batch, topics, {std::vector<double>(5, 0.25), 0.1}, {});
  for (std::uint32_t k = 0; k < 5; ++k) EXPECT_EQ(out.gamma[k], 0.25f);
}

TEST(Cvb0StepEdge, NotFiniteTopicsAreAnErrorThatNamesTheDocument) {
  for (const float value :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    Topics topics = random_topics(5, 10, 0.1, 1);
    topics.row(3)[2] = value;
    MinibatchBuilder builder(10);
    builder.add(make_document({{1, 1}}).view(), 41);
    builder.add(make_document({{3, 1}}).view(), 42);
    Minibatch batch;
    builder.build(batch);
    try {
      run(batch, topics, {std::vector<double>(5, 0.1), 0.1}, {}, 2);
      FAIL() << "accepted " << value;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kNumeric);
      EXPECT_NE(std::string(error.what()).find("document 42"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace svi_lda

#include "global/remember_samples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "global/global_step.h"
#include "support/synthetic.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopics = 4;
constexpr std::uint32_t kWords = 30;
constexpr double kEta = 0.01;
constexpr std::size_t kKept = 2;

// Samples of a minibatch that are a function of the document and the word alone.
TopicSamples samples_of(const Minibatch& batch) {
  TopicSamples samples;
  samples.kept = kKept;
  samples.entry_begin = {0};
  for (std::size_t d = 0; d < batch.num_docs(); ++d) {
    for (std::uint32_t e = batch.doc_begin[d]; e < batch.doc_begin[d + 1]; ++e) {
      const auto tokens = static_cast<std::uint64_t>(batch.entry_count[e]);
      samples.entry_begin.push_back(samples.entry_begin.back() + tokens);
      for (std::uint64_t s = 0; s < kKept * tokens; ++s) {
        samples.topics.push_back(static_cast<std::uint32_t>(
            (batch.doc_number[d] + batch.words[batch.entry_word[e]] + s) % kTopics));
      }
    }
  }
  return samples;
}

// As reduce_samples would: into rows of the minibatch's words.
SufficientStats stats_of(const Minibatch& batch, const TopicSamples& samples, std::size_t stride,
                         AlignedVector<float>& rows) {
  rows.assign(batch.num_words() * stride, 0.0f);
  SufficientStats stats;
  stats.stride = stride;
  stats.topic_sums.assign(kTopics, 0.0);
  for (std::size_t e = 0; e < batch.num_entries(); ++e) {
    for (std::uint64_t s = kKept * samples.entry_begin[e]; s < kKept * samples.entry_begin[e + 1];
         ++s) {
      rows[batch.entry_word[e] * stride + samples.topics[s]] += 1.0f / kKept;
      stats.topic_sums[samples.topics[s]] += 1.0 / kKept;
    }
  }
  stats.rows = rows;
  return stats;
}

// Where each document has the same samples each time, what is remembered of all documents together
// is all that lambda has above its prior.
TEST(RememberSamples, WeightsSayHowOftenADocumentStandsInLambda) {
  const std::vector<Document> documents = testing::random_documents(12, kWords, 20, 3);
  Topics topics(kTopics, kWords, kEta);
  SampleMemory memory;
  memory.docs.resize(documents.size());
  AlignedVector<float> rows;
  for (std::uint64_t t = 1; t <= 40; ++t) {
    MinibatchBuilder builder(kWords);
    for (std::size_t i = 0; i < 1 + t % 4; ++i) {
      const std::size_t d = (t * 5 + i * 7) % documents.size();
      builder.add(documents[d].view(), d + 1);
    }
    Minibatch batch;
    builder.build(batch);
    const TopicSamples samples = samples_of(batch);
    const SufficientStats stats = stats_of(batch, samples, topics.stride(), rows);
    // The sixth forgets all before; some steps in between are of another method.
    const double rho = t == 6 ? 1.0 : std::pow(1.0 + static_cast<double>(t), -0.6);
    global_step(batch, stats, 12.0, rho, kEta, t, 1, Parallel(1), topics);
    remember_samples(batch, samples, 12.0, rho, Parallel(2), memory);
    if (t % 9 == 0) {
      topics.shrink(0.25, kEta, Parallel(1));
      remember_step(0.25, memory);
    }
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> expected;
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const double weight =
        memory.docs[d].weight * std::exp(memory.log_shrunk - memory.docs[d].log_shrunk);
    std::size_t sample = 0;
    for (std::size_t i = 0; i < documents[d].words.size(); ++i) {
      for (std::size_t s = 0; s < kKept * documents[d].counts[i]; ++s) {
        if (memory.docs[d].topics.empty()) continue;
        expected[{documents[d].words[i], memory.docs[d].topics[sample++]}] += weight / kKept;
      }
    }
  }
  double all = 0.0;
  std::vector<float> lambda(kTopics);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    topics.lambda_row(w, lambda.data());
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      const double above = static_cast<double>(lambda[k]) - kEta;
      EXPECT_NEAR(above, (expected[{w, k}]), 1e-4 * std::max(1.0, above)) << w << " " << k;
      all += above;
    }
  }
  EXPECT_GT(all, 50.0);
}

TEST(RememberSamples, AnEmptyMemoryStaysEmpty) {
  SampleMemory memory;
  const Minibatch batch =
      testing::make_minibatch(testing::random_documents(3, kWords, 9, 3), kWords);
  remember_samples(batch, samples_of(batch), 3.0, 0.5, Parallel(1), memory);
  EXPECT_TRUE(memory.empty());
  EXPECT_EQ(memory.log_shrunk, 0.0);
}

}  // namespace
}  // namespace svi_lda

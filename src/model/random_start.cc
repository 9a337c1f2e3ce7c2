#include "model/random_start.h"

#include <vector>

#include "base/random.h"
#include "model/kernels.h"

namespace svi_lda {
namespace {

constexpr double kShape = 100.0;
constexpr double kD = kShape - 1.0 / 3.0;
static_assert(kD >= kLeastGammaD);

}  // namespace

void random_start(Topics& topics, std::uint64_t seed, const Parallel& parallel) {
  const std::uint64_t key = random_key(seed, RandomPurpose::kInitialTopics);
  const std::uint32_t num_topics = topics.num_topics();
  parallel.for_chunks(topics.vocab_size(), 256, [&](std::size_t begin, std::size_t end, int) {
    std::vector<GammaProposal> undecided(num_topics);
    for (std::size_t w = begin; w < end; ++w) {
      const auto word = static_cast<std::uint32_t>(w);
      const double offset = topics.eta_bar(word);
      float* const m = topics.row(word);
      const std::size_t count = gamma_proposals(
          key, word, static_cast<float>(kD), static_cast<float>(kD / kShape),
          static_cast<float>(offset), num_topics, topics.stride(), m, undecided.data());
      for (std::size_t i = 0; i < count; ++i) {
        const auto& [topic, normal, uniform] = undecided[i];
        if (takes_gamma_proposal(kD, normal, uniform)) continue;
        RandomStream random(seed, RandomPurpose::kInitialTopics, std::uint64_t{word} << 32 | topic);
        m[topic] = static_cast<float>(random.gamma(kShape) / kShape - offset);
      }
    }
  });
  topics.set_row_sums(topics.sum_rows(parallel));
}

}  // namespace svi_lda

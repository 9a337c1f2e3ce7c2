#include "stats/reduce_samples.h"

#include <algorithm>
#include <optional>

namespace svi_lda {
namespace {

// Words reduced by one thread at a time, and counted into one partial topic sum.
constexpr std::size_t kChunk = 64;

}  // namespace

void reduce_samples(const Minibatch& batch, std::uint32_t num_topics, TopicSamples& samples,
                    const Parallel& parallel, SufficientStats& stats) {
  const std::size_t stride = samples.stride;
  const std::size_t chunks = (batch.num_words() + kChunk - 1) / kChunk;
  const float share = 1.0f / static_cast<float>(samples.kept);
  std::vector<std::uint64_t> partial(chunks * num_topics, 0);
  parallel.for_chunks(
      batch.num_words(), kChunk,
      [&](std::size_t begin, std::size_t end, int) {
        std::uint64_t* sums = partial.data() + begin / kChunk * num_topics;
        for (std::size_t i = begin; i < end; ++i) {
          float* row = samples.rows.data() + i * stride;
          std::fill_n(row, stride, 0.0f);
          for (std::uint32_t p = batch.word_begin[i]; p < batch.word_begin[i + 1]; ++p) {
            const std::uint32_t entry = batch.place_entry[p];
            const std::uint64_t last = samples.kept * samples.entry_begin[entry + 1];
            for (std::uint64_t s = samples.kept * samples.entry_begin[entry]; s < last; ++s) {
              const std::uint32_t k = samples.topics[s];
              row[k] += 1.0f;
              ++sums[k];
            }
          }
          for (std::uint32_t k = 0; k < num_topics; ++k) row[k] *= share;
        }
      },
      std::nullopt, Schedule::kByRange);
  stats.rows = samples.rows;
  stats.stride = stride;
  std::vector<std::uint64_t> counts(num_topics, 0);
  for (std::size_t c = 0; c < chunks; ++c) {
    for (std::uint32_t k = 0; k < num_topics; ++k) counts[k] += partial[c * num_topics + k];
  }
  stats.topic_sums.resize(num_topics);
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    stats.topic_sums[k] = static_cast<double>(counts[k]) / static_cast<double>(samples.kept);
  }
}

}  // namespace svi_lda

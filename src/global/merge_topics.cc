#include "global/merge_topics.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace svi_lda {

void merge_topics(std::uint32_t from, std::uint32_t into, double eta,
                  std::span<const WordWeight> words, double mass, const Parallel& parallel,
                  Topics& topics, SampleMemory& samples) {
  // M of lambda = eta.
  const auto nothing = static_cast<float>((eta - topics.eta_bar()) / topics.scale());
  double moved = 0.0;
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    float* const row = topics.row(w);
    const float added = std::max(row[from] - nothing, 0.0f);
    row[into] += added;
    row[from] = nothing;
    moved += static_cast<double>(added);
  }
  const double total =
      std::accumulate(words.begin(), words.end(), 0.0,
                      [](double sum, const WordWeight& word) { return sum + word.weight; });
  for (const WordWeight& word : words) {
    topics.row(word.word)[from] +=
        static_cast<float>(mass * word.weight / (total * topics.scale()));
  }
  std::vector<double> added(topics.num_topics(), 0.0);
  added[into] = topics.scale() * moved;
  added[from] = eta * topics.vocab_size() + mass - topics.row_sums()[from];
  topics.add_to_row_sums(added);

  parallel.for_chunks(samples.docs.size(), 256, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t d = begin; d < end; ++d) {
      std::vector<std::uint16_t>& sampled = samples.docs[d].topics;
      std::replace(sampled.begin(), sampled.end(), static_cast<std::uint16_t>(from),
                   static_cast<std::uint16_t>(into));
    }
  });
}

}  // namespace svi_lda

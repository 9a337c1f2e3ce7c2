#include "model/informed_start.h"

#include "model/random_start.h"

namespace svi_lda {

void informed_start(Topics& topics, std::uint64_t seed, double share, const DrawWords& draw,
                    const Parallel& parallel) {
  random_start(topics, seed, parallel);
  topics.shrink(share, 0.0, parallel);
  const double mass = share * topics.vocab_size();
  std::vector<double> added(topics.num_topics(), 0.0);
  std::vector<WordWeight> words;
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    words.clear();
    draw(k, words);
    double total = 0.0;
    for (const WordWeight& word : words) total += word.weight;
    if (total == 0.0) continue;
    const double factor = mass / (total * topics.scale());
    for (const WordWeight& word : words) {
      topics.row(word.word)[k] += static_cast<float>(factor * word.weight);
    }
    added[k] = mass;
  }
  topics.add_to_row_sums(added);
}

}  // namespace svi_lda

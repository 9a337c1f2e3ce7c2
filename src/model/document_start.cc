#include "model/document_start.h"

#include "model/random_start.h"

namespace svi_lda {

void document_start(Topics& topics, std::uint64_t seed, const DrawDocuments& draw,
                    const Parallel& parallel) {
  random_start(topics, seed, parallel);
  topics.shrink(kDocumentShare, 0.0, parallel);
  const double mass = kDocumentShare * topics.vocab_size();
  std::vector<double> added(topics.num_topics(), 0.0);
  std::vector<WordCount> words;
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    words.clear();
    draw(k, words);
    double total = 0.0;
    for (const WordCount& word : words) total += word.count;
    if (total == 0.0) continue;
    const double factor = mass / (total * topics.scale());
    for (const WordCount& word : words) {
      topics.row(word.word)[k] += static_cast<float>(factor * word.count);
    }
    added[k] = mass;
  }
  topics.add_to_row_sums(added);
}

}  // namespace svi_lda

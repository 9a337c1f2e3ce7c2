#include "model/random_start.h"

#include "base/random.h"

namespace svi_lda {

void random_start(Topics& topics, std::uint64_t seed, const Parallel& parallel) {
  constexpr double kShape = 100.0;
  const double offset = topics.eta_bar();
  parallel.for_chunks(topics.vocab_size(), 64, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t w = begin; w < end; ++w) {
      RandomStream random(seed, RandomPurpose::kInitialTopics, w);
      float* m = topics.row(static_cast<std::uint32_t>(w));
      for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
        m[k] = static_cast<float>(random.gamma(kShape) / kShape - offset);
      }
    }
  });
  topics.set_row_sums(topics.sum_rows(parallel));
}

}  // namespace svi_lda

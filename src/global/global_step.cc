#include "global/global_step.h"

#include <optional>
#include <vector>

#include "base/prefetch.h"
#include "base/random.h"
#include "global/kernels.h"

namespace svi_lda {

void global_step(const Minibatch& batch, const SufficientStats& stats, double corpus_docs,
                 double rho, const Eta& eta, std::uint64_t t, std::uint64_t seed,
                 const Parallel& parallel, Topics& topics) {
  const double gain = rho * corpus_docs / static_cast<double>(batch.num_docs());
  topics.shrink(rho, eta, parallel);
  const auto factor = static_cast<float>(gain / topics.scale());
  const bool stochastic = rho < kStochasticRoundingBelow;
  const std::uint64_t step_key = mix64(mix64(seed) ^ mix64(t));
  parallel.for_chunks(
      batch.num_words(), 64,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t i = begin; i < end; ++i) {
          if (i + kPrefetchDistance < end) {
            prefetch_row(topics.row(batch.words[i + kPrefetchDistance]), stats.stride);
          }
          const std::uint32_t w = batch.words[i];
          const float* sstats = stats.rows.data() + i * stats.stride;
          if (stochastic) {
            const auto key = static_cast<std::uint32_t>(mix64(step_key ^ w));
            add_scaled_stochastic(sstats, factor, stats.stride, key, topics.row(w));
          } else {
            add_scaled(sstats, factor, stats.stride, topics.row(w));
          }
        }
      },
      std::nullopt, Schedule::kByRange);
  std::vector<double> added(stats.topic_sums);
  for (double& sum : added) sum *= gain;
  topics.add_to_row_sums(added);
  topics.fold_if_small(parallel);
}

}  // namespace svi_lda

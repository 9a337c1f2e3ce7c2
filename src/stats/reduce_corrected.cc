#include "stats/reduce_corrected.h"

#include <optional>
#include <vector>

#include "stats/kernels.h"
#include "stats/topic_totals.h"

namespace svi_lda {
namespace {

// Words reduced by one thread at a time, and summed into one partial topic sum. Part of the result:
// changing it changes the last digits of the row sums.
constexpr std::size_t kChunk = 64;

}  // namespace

void reduce_corrected(const Minibatch& batch, std::uint32_t num_topics,
                      CorrectedResponsibilities& responsibilities, const Parallel& parallel,
                      SufficientStats& stats) {
  CorrectedResponsibilities& from = responsibilities;
  const std::size_t stride = from.stride;
  stats.rows = from.rows;
  stats.stride = stride;
  std::vector<double> partial((batch.num_words() + kChunk - 1) / kChunk * stride, 0.0);
  parallel.for_chunks(
      batch.num_words(), kChunk,
      [&](std::size_t begin, std::size_t end, int) {
        double* sums = partial.data() + begin / kChunk * stride;
        for (std::size_t i = begin; i < end; ++i) {
          const std::uint32_t first = batch.word_begin[i];
          reduce_corrected_word(batch.place_entry.data() + first, batch.place_doc.data() + first,
                                batch.word_begin[i + 1] - first, batch.num_entries() - first,
                                from.normalizer.data(), from.ratio.data(), from.gamma.data(),
                                stride, from.rows.data() + i * stride, sums);
        }
      },
      std::nullopt, Schedule::kByRange);
  stats.topic_sums = topic_totals(batch, partial, stride, num_topics);
}

}  // namespace svi_lda

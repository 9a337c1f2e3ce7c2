#include "local/mean_rows.h"

#include <optional>

#include "base/prefetch.h"
#include "local/sampling_kernel.h"

namespace svi_lda {
namespace {

constexpr std::size_t kRowChunk = 32;  // words prepared by one thread at a time

}  // namespace

void prepare_mean_rows(const Minibatch& batch, const Topics& topics, const TopicContext& context,
                       const float* alpha, const Parallel& parallel, AlignedVector<float>& rows,
                       std::vector<float>& smoothing) {
  const std::size_t stride = context.stride;
  rows.resize(batch.num_words() * stride);
  smoothing.resize(batch.num_words());
  parallel.for_chunks(
      batch.num_words(), kRowChunk,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t i = begin; i < end; ++i) {
          if (i + kPrefetchDistance < end) {
            prefetch_row(topics.row(batch.words[i + kPrefetchDistance]), stride);
          }
          smoothing[i] =
              sampling_row(topics.row(batch.words[i]), context.scale,
                           static_cast<float>(topics.eta_bar(batch.words[i])), context.topic_factor,
                           alpha, stride, rows.data() + i * stride);
        }
      },
      std::nullopt, Schedule::kByRange);
}

}  // namespace svi_lda

#include "eval/mean_batch.h"

#include <algorithm>
#include <numeric>

#include "local/mean_rows.h"

namespace svi_lda {

MeanBatch::MeanBatch(const Topics& topics, const Hyperparameters& hyper)
    : topics_(topics),
      tables_(LocalMethod::kMeans, topics, hyper),
      alpha_(topics.stride(), 0.0f),
      alpha_sum_(std::accumulate(hyper.alpha.begin(), hyper.alpha.end(), 0.0)),
      builder_(topics.vocab_size()) {
  std::transform(hyper.alpha.begin(), hyper.alpha.end(), alpha_.begin(),
                 [](double alpha) { return static_cast<float>(alpha); });
}

void MeanBatch::build(std::span<const Document> documents, std::uint64_t first_number,
                      const Parallel& parallel) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    builder_.add(documents[i].view(), first_number + i);
  }
  builder_.build(batch_);
  const TopicContext context = tables_.context({LocalMethod::kMeans});
  prepare_mean_rows(batch_, topics_, context, alpha_.data(), parallel, rows_, smoothing_);
}

std::vector<std::uint32_t> MeanBatch::longest_first() const {
  std::vector<std::uint32_t> order(batch_.num_docs());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return batch_.doc_begin[a + 1] - batch_.doc_begin[a] >
           batch_.doc_begin[b + 1] - batch_.doc_begin[b];
  });
  return order;
}

}  // namespace svi_lda

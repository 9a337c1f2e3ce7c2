#include "global/remember_samples.h"

#include <algorithm>
#include <cmath>

namespace svi_lda {

void remember_step(double rho, SampleMemory& memory) {
  if (memory.empty()) return;
  if (rho < 1.0) {
    memory.log_shrunk += std::log1p(-rho);
    return;
  }
  for (DocumentSamples& document : memory.docs) document.weight = 0.0;
  memory.log_shrunk = 0.0;
}

void remember_samples(const Minibatch& batch, const TopicSamples& samples, double corpus_docs,
                      double rho, const Parallel& parallel, SampleMemory& memory) {
  if (memory.empty()) return;
  remember_step(rho, memory);
  const double gain = rho * corpus_docs / static_cast<double>(batch.num_docs());
  parallel.for_chunks(batch.num_docs(), 16, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) {
      DocumentSamples& document = memory.docs[batch.doc_number[i] - 1];
      const std::uint64_t first = samples.kept * samples.entry_begin[batch.doc_begin[i]];
      const std::uint64_t last = samples.kept * samples.entry_begin[batch.doc_begin[i + 1]];
      document.topics.resize(last - first);
      std::transform(samples.topics.begin() + static_cast<std::ptrdiff_t>(first),
                     samples.topics.begin() + static_cast<std::ptrdiff_t>(last),
                     document.topics.begin(),
                     [](std::uint32_t k) { return static_cast<std::uint16_t>(k); });
      document.weight = document.weight * std::exp(memory.log_shrunk - document.log_shrunk) + gain;
      document.log_shrunk = memory.log_shrunk;
    }
  });
}

}  // namespace svi_lda

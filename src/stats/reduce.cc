#include "stats/reduce.h"

#include <algorithm>
#include <optional>

#include "stats/kernels.h"
#include "stats/topic_totals.h"

namespace svi_lda {
namespace {

// Words reduced by one thread at a time, and summed into one partial topic sum. Part of the result:
// changing it changes the last digits of the row sums.
constexpr std::size_t kChunk = 64;

// Adds the log-space entries of word `i`; `places` ascend in entry number, as slow_entry does.
void add_slow_entries(const Minibatch& batch, std::size_t i, const Responsibilities& from,
                      float* row, double* sums) {
  for (std::uint32_t p = batch.word_begin[i]; p < batch.word_begin[i + 1]; ++p) {
    const std::uint32_t entry = batch.place_entry[p];
    if (from.ratio[entry] != 0.0f) continue;
    const auto found = std::lower_bound(from.slow_entry.begin(), from.slow_entry.end(), entry);
    if (found == from.slow_entry.end() || *found != entry) continue;
    const auto slot = static_cast<std::size_t>(found - from.slow_entry.begin());
    add_to_word(from.slow_phi.data() + slot * from.stride, from.stride, row, sums);
  }
}

// From this many floats a row on, it can pay to look for those of etheta that are not 0.
constexpr std::size_t kWideRow = 256;

// Which lines of etheta are in use: after convergence most topics of a document lie at alpha, where
// with a small alpha exp(psi(alpha)) relative to the document's total underflows to 0.
struct LinesInUse {
  std::vector<std::uint16_t> line;       // [S x stride / kEthetaLine]
  std::vector<std::uint32_t> num_lines;  // [S]
  bool few = false;                      // so few that going by them is the faster way

  LinesInUse(const Responsibilities& from, std::size_t docs, const Parallel& parallel) {
    if (from.stride < kWideRow) return;
    const std::size_t most = from.stride / kEthetaLine;
    line.resize(docs * most);
    num_lines.resize(docs);
    parallel.for_chunks(docs, 32, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t d = begin; d < end; ++d) {
        num_lines[d] = static_cast<std::uint32_t>(
            find_lines(from.etheta.data() + d * from.stride, from.stride, line.data() + d * most));
      }
    });
    std::uint64_t used = 0;
    for (const std::uint32_t n : num_lines) used += n;
    few = 2 * used < docs * most;
  }
};

}  // namespace

void reduce(const Minibatch& batch, std::uint32_t num_topics, Responsibilities& responsibilities,
            const Parallel& parallel, SufficientStats& stats) {
  const std::size_t stride = responsibilities.stride;
  stats.rows = responsibilities.rows;
  stats.stride = stride;
  const std::size_t chunks = (batch.num_words() + kChunk - 1) / kChunk;
  std::vector<double> partial(chunks * stride, 0.0);
  const LinesInUse lines(responsibilities, batch.num_docs(), parallel);
  std::vector<AlignedVector<float>> scratch(static_cast<std::size_t>(parallel.threads()));
  parallel.for_chunks(
      batch.num_words(), kChunk,
      [&](std::size_t begin, std::size_t end, int thread) {
        AlignedVector<float>& acc = scratch[static_cast<std::size_t>(thread)];
        if (lines.few) acc.resize(stride);
        double* sums = partial.data() + begin / kChunk * stride;
        for (std::size_t i = begin; i < end; ++i) {
          float* row = responsibilities.rows.data() + i * stride;
          const std::uint32_t first = batch.word_begin[i];
          const std::uint32_t* entry = batch.place_entry.data() + first;
          const std::uint32_t* doc = batch.place_doc.data() + first;
          const std::size_t places = batch.word_begin[i + 1] - first;
          const std::size_t available = batch.num_entries() - first;
          const float* ratio = responsibilities.ratio.data();
          const float* etheta = responsibilities.etheta.data();
          if (lines.few) {
            reduce_word_over_lines(entry, doc, places, available, ratio, etheta, stride,
                                   lines.line.data(), lines.num_lines.data(), acc.data(), row,
                                   sums);
          } else {
            reduce_word(entry, doc, places, available, ratio, etheta, stride, row, sums);
          }
          if (!responsibilities.slow_entry.empty()) {
            add_slow_entries(batch, i, responsibilities, row, sums);
          }
        }
      },
      std::nullopt, Schedule::kByRange);
  stats.topic_sums = topic_totals(batch, partial, stride, num_topics);
}

}  // namespace svi_lda

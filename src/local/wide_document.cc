#include "local/wide_document.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/aligned.h"
#include "base/fp_mode.h"
#include "local/slow_entries.h"

namespace svi_lda {
namespace {

struct Range {
  DocumentTask task;
  AlignedVector<float> topics;
  SlowEntries slow;
  bool any_slow = false;
};

// The ranges of a document, each with memory of its own for its sums.
std::vector<Range> cut(const DocumentTask& document, std::size_t stride) {
  std::vector<Range> ranges((document.n + kWideRange - 1) / kWideRange);
  for (std::size_t r = 0; r < ranges.size(); ++r) {
    const std::size_t begin = r * kWideRange;
    Range& range = ranges[r];
    range.topics.resize(kDenseScratchRows * stride);
    range.slow.stride = stride;
    range.slow.first_entry = static_cast<std::uint32_t>(begin);
    range.task = document;
    range.task.n = std::min(kWideRange, document.n - begin);
    range.task.rows += begin;
    range.task.m_rows += begin;
    range.task.eta_bars += begin;
    range.task.counts += begin;
    range.task.ratio += begin;
    range.task.dots += begin;
    range.task.scratch = {range.topics.data(), nullptr, nullptr, nullptr, 0};
    range.task.slow = range.slow.sink();
  }
  return ranges;
}

// to += from.
void add(const float* from, AlignedVector<float>& to) {
  for (std::size_t k = 0; k < to.size(); ++k) to[k] += from[k];
}

}  // namespace

DocumentOutcome infer_wide_document(LocalMethod method, const TopicContext& context,
                                    const DocumentTask& task, const Parallel& parallel) {
  const FlushSubnormals flush;  // as in the parallel regions
  const std::size_t stride = context.stride;
  const float allowed_change = context.tolerance * static_cast<float>(context.num_topics);
  std::vector<Range> ranges = cut(task, stride);
  AlignedVector<float> sums(stride);
  AlignedVector<float> slow(stride);
  DocumentOutcome outcome;
  for (;;) {
    const bool first_given = task.dots_given && outcome.iterations == 0;
    begin_iteration(method, context, task, first_given);
    parallel.for_chunks(
        ranges.size(), 1,
        [&](std::size_t r, std::size_t, int) {
          ranges[r].any_slow = sum_entries(method, context, ranges[r].task, first_given);
        },
        std::nullopt, Schedule::kByRange);
    sums.assign(stride, 0.0f);
    slow.assign(stride, 0.0f);
    bool any_slow = false;
    for (const Range& range : ranges) {
      add(range.topics.data(), sums);
      if (range.any_slow) add(range.topics.data() + stride, slow);
      any_slow |= range.any_slow;
    }
    const float change = update_gamma(context, task, sums.data(), any_slow ? slow.data() : nullptr);
    ++outcome.iterations;
    outcome.multiply_adds += dense_multiply_adds(task.n, stride);
    outcome.finite = change < 1e30f;
    if (!outcome.finite || change < allowed_change ||
        outcome.iterations >= context.max_iterations) {
      break;
    }
  }
  task.slow.clear(task.slow.owner);
  for (const Range& range : ranges) {
    for (std::size_t i = 0; i < range.slow.entry.size(); ++i) {
      std::copy_n(range.slow.phi.data() + i * stride, stride,
                  task.slow.append(task.slow.owner, range.slow.entry[i]));
    }
  }
  return outcome;
}

}  // namespace svi_lda

#include "global/coordinate_ascent.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "global/kernels.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// Words taken by one thread at a time. Part of the result: row sums are added up over these.
constexpr std::size_t kChunk = 64;

// lambda = eta: M = 0.
void clear(const Eta& eta, const Parallel& parallel, Topics& topics) {
  topics.shrink(1.0, eta, parallel);
}

// The block that the minibatch is.
StatsBlock& block_of(const Minibatch& batch, DocumentMemory& memory) {
  const std::uint64_t first_doc = batch.doc_number.front();
  const auto found =
      std::find_if(memory.blocks.begin(), memory.blocks.end(),
                   [&](const StatsBlock& block) { return block.first_doc == first_doc; });
  if (found == memory.blocks.end() || found->words != batch.words) {
    throw Error(ErrorKind::kNumeric,
                "the block that begins with document " + std::to_string(first_doc) +
                    " does not hold the documents that it held in the first pass",
                "please report this with the options and the corpus");
  }
  return *found;
}

}  // namespace

void add_to_sums(const Minibatch& batch, const SufficientStats& stats, double bound,
                 const Parallel& parallel, Topics& topics, DocumentMemory& memory) {
  memory.sums.resize(topics.vocab_size() * topics.stride(), 0.0f);
  parallel.for_chunks(
      batch.num_words(), kChunk,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t i = begin; i < end; ++i) {
          add_scaled(stats.rows.data() + i * stats.stride, 1.0f, stats.stride,
                     memory.sums.data() + batch.words[i] * stats.stride);
        }
      },
      std::nullopt, Schedule::kByRange);
  memory.sums_bound += bound;
}

double take_sums(const Eta& eta, const Parallel& parallel, Topics& topics, DocumentMemory& memory) {
  clear(eta, parallel, topics);
  const std::size_t stride = topics.stride();
  parallel.for_chunks(
      topics.vocab_size(), kChunk,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t w = begin; w < end; ++w) {
          std::copy_n(memory.sums.data() + w * stride, stride,
                      topics.row(static_cast<std::uint32_t>(w)));
        }
      },
      std::nullopt, Schedule::kByRange);
  topics.set_row_sums(topics.sum_rows(parallel));
  const double bound = memory.sums_bound;
  memory.sums.clear();
  memory.sums_bound = 0.0;
  return bound;
}

void keep_block(const Minibatch& batch, const SufficientStats& stats, double bound,
                DocumentMemory& memory) {
  StatsBlock& block = memory.blocks.emplace_back();
  block.first_doc = batch.doc_number.front();
  block.words = batch.words;
  block.rows.assign(stats.rows.begin(), stats.rows.end());
  block.bound = bound;
}

void replace_block(const Minibatch& batch, const SufficientStats& stats, double bound,
                   const Parallel& parallel, Topics& topics, DocumentMemory& memory) {
  StatsBlock& block = block_of(batch, memory);
  const std::size_t stride = stats.stride;
  const std::uint32_t num_topics = topics.num_topics();
  const std::size_t chunks = (batch.num_words() + kChunk - 1) / kChunk;
  std::vector<double> partial(chunks * num_topics, 0.0);
  parallel.for_chunks(
      batch.num_words(), kChunk,
      [&](std::size_t begin, std::size_t end, int) {
        double* added = partial.data() + begin / kChunk * num_topics;
        for (std::size_t i = begin; i < end; ++i) {
          const float* now = stats.rows.data() + i * stride;
          float* old = block.rows.data() + i * stride;
          float* m = topics.row(batch.words[i]);
          for (std::uint32_t k = 0; k < num_topics; ++k) {
            // What the other blocks have added, which rounding may leave below 0.
            const float next = std::max(m[k] - old[k], 0.0f) + now[k];
            added[k] += static_cast<double>(next) - static_cast<double>(m[k]);
            m[k] = next;
            old[k] = now[k];
          }
        }
      },
      std::nullopt, Schedule::kByRange);
  std::vector<double> added(num_topics, 0.0);
  for (std::size_t c = 0; c < chunks; ++c) {
    for (std::uint32_t k = 0; k < num_topics; ++k) added[k] += partial[c * num_topics + k];
  }
  topics.add_to_row_sums(added);
  block.bound = bound;
}

double sum_blocks(const Eta& eta, const Parallel& parallel, Topics& topics,
                  const DocumentMemory& memory) {
  clear(eta, parallel, topics);
  const std::size_t stride = topics.stride();
  double bound = 0.0;
  for (const StatsBlock& block : memory.blocks) {
    parallel.for_chunks(
        block.words.size(), kChunk,
        [&](std::size_t begin, std::size_t end, int) {
          for (std::size_t i = begin; i < end; ++i) {
            add_scaled(block.rows.data() + i * stride, 1.0f, stride, topics.row(block.words[i]));
          }
        },
        std::nullopt, Schedule::kByRange);
    bound += block.bound;
  }
  topics.set_row_sums(topics.sum_rows(parallel));
  return bound;
}

}  // namespace svi_lda

#include "local/sampled_step.h"

#include <chrono>
#include <vector>

#include "base/prefetch.h"
#include "base/random.h"
#include "local/local_step.h"
#include "local/sampling_kernel.h"
#include "minibatch/longest_first.h"

namespace svi_lda {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

constexpr std::size_t kRowChunk = 32;  // words prepared by one thread at a time
constexpr std::size_t kDocChunk = 4;   // documents sampled by one thread at a time

// Memory of one thread.
struct Workspace {
  AlignedVector<std::uint32_t> topic;
  AlignedVector<float> count;
  AlignedVector<float> weight;
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> assigned;
  std::vector<std::uint32_t> tokens;
  std::vector<const float*> rows;
  std::vector<float> smoothing;

  explicit Workspace(std::size_t stride)
      : topic(stride), count(stride), weight(stride), place(stride) {}
};

}  // namespace

void sampled_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                  const SampledStepOptions& options, std::uint64_t step, const Parallel& parallel,
                  TopicSamples& samples, std::optional<BesideTasks> beside) {
  const std::size_t stride = topics.stride();
  const auto kept = static_cast<std::size_t>(options.kept);
  samples.stride = stride;
  samples.kept = kept;
  samples.rows.resize(batch.num_words() * stride);
  samples.entry_begin.resize(batch.num_entries() + 1);
  samples.entry_begin[0] = 0;
  for (std::size_t e = 0; e < batch.num_entries(); ++e) {
    samples.entry_begin[e + 1] =
        samples.entry_begin[e] + static_cast<std::uint64_t>(batch.entry_count[e]);
  }
  samples.topics.resize(kept * samples.entry_begin.back());

  LocalStepOptions means;
  means.method = LocalMethod::kMeans;
  const TopicTables tables(means.method, topics, hyper);
  const TopicContext context = tables.context(means);
  AlignedVector<float> alpha(stride, 0.0f);
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    alpha[k] = static_cast<float>(hyper.alpha[k]);
  }
  std::vector<float> smoothing(batch.num_words());
  const Clock::time_point rows_began = Clock::now();
  parallel.for_chunks(
      batch.num_words(), kRowChunk,
      [&](std::size_t begin, std::size_t end, int) {
        for (std::size_t i = begin; i < end; ++i) {
          if (i + kPrefetchDistance < end) {
            prefetch_row(topics.row(batch.words[i + kPrefetchDistance]), stride);
          }
          smoothing[i] = sampling_row(topics.row(batch.words[i]), context.scale, context.eta_bar,
                                      context.topic_factor, alpha.data(), stride,
                                      samples.rows.data() + i * stride);
        }
      },
      std::nullopt, Schedule::kByRange);
  samples.work.row_seconds = seconds_since(rows_began);

  const SamplingContext sampling{stride, alpha.data(), static_cast<std::size_t>(options.sweeps),
                                 kept};
  const std::uint64_t step_key = mix64(mix64(options.seed) ^ mix64(step));
  const std::vector<std::uint32_t> order = longest_first(batch);
  std::vector<Workspace> spaces(static_cast<std::size_t>(parallel.threads()), Workspace(stride));
  const auto sample = [&](std::size_t begin, std::size_t end, int thread) {
    Workspace& space = spaces[static_cast<std::size_t>(thread)];
    for (std::size_t at = begin; at < end; ++at) {
      const std::uint32_t doc = order[at];
      const std::size_t first = batch.doc_begin[doc];
      const std::size_t n = batch.doc_begin[doc + 1] - first;
      space.rows.resize(n);
      space.smoothing.resize(n);
      space.tokens.resize(n);
      for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t word = batch.entry_word[first + i];
        space.rows[i] = samples.rows.data() + std::size_t{word} * stride;
        space.smoothing[i] = smoothing[word];
        space.tokens[i] = static_cast<std::uint32_t>(batch.entry_count[first + i]);
      }
      space.assigned.resize(samples.entry_begin[first + n] - samples.entry_begin[first]);

      SamplingTask task;
      task.n = n;
      task.rows = space.rows.data();
      task.smoothing = space.smoothing.data();
      task.tokens = space.tokens.data();
      task.key = RandomStream(step_key, RandomPurpose::kSampling, batch.doc_number[doc]).next();
      task.samples = samples.topics.data() + kept * samples.entry_begin[first];
      task.scratch = {space.topic.data(), space.count.data(), space.weight.data(),
                      space.place.data(), space.assigned.data()};
      sample_document(sampling, task);
    }
  };
  const Clock::time_point documents_began = Clock::now();
  parallel.for_chunks(order.size(), kDocChunk, sample, beside);
  samples.work.document_seconds = seconds_since(documents_began);
  samples.work.iterations = batch.num_docs() * static_cast<std::uint64_t>(options.sweeps);
  samples.work.multiply_adds = 0;
  samples.work.slow_entries = 0;
}

}  // namespace svi_lda

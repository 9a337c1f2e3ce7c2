#include "local/sampled_step.h"

#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "local/leave_out.h"
#include "local/local_step.h"
#include "local/mean_rows.h"
#include "local/sampling_kernel.h"
#include "minibatch/longest_first.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocChunk = 4;  // documents sampled by one thread at a time

// Memory of one thread.
struct Workspace {
  AlignedVector<std::uint32_t> topic;
  AlignedVector<float> count;
  AlignedVector<float> weight;
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> assigned;
  std::vector<std::uint32_t> tokens;
  AlignedVector<float> packed;
  std::vector<std::uint32_t> words;
  std::vector<const float*> rows;
  std::vector<float> smoothing;
  LeaveOut leave_out;

  explicit Workspace(const Topics& topics)
      : topic(topics.stride()),
        count(topics.stride()),
        weight(topics.stride()),
        place(topics.stride()),
        leave_out(topics) {}
};

}  // namespace

void sampled_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                  const SampledStepOptions& options, std::uint64_t step, const Parallel& parallel,
                  TopicSamples& samples, std::optional<BesideTasks> beside,
                  const SampleMemory& memory) {
  const std::size_t stride = topics.stride();
  const auto kept = static_cast<std::size_t>(options.kept);
  samples.stride = stride;
  samples.kept = kept;
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
  std::vector<float> smoothing;
  const Clock::time_point rows_began = Clock::now();
  // What is remembered of a document, if anything.
  const auto remembered = [&](std::size_t doc) -> const DocumentSamples* {
    if (memory.empty()) return nullptr;
    const DocumentSamples& document = memory.docs[batch.doc_number[doc] - 1];
    return document.weight > 0.0 ? &document : nullptr;
  };
  bool shared = false;  // some documents have rows in common
  for (std::size_t doc = 0; doc < batch.num_docs(); ++doc) shared |= remembered(doc) == nullptr;
  if (shared) {
    prepare_mean_rows(batch, topics, context, alpha.data(), parallel, samples.rows, smoothing);
  } else {
    samples.rows.resize(batch.num_words() * stride);
  }
  samples.work.row_seconds = seconds_since(rows_began);

  const SamplingContext sampling{stride, alpha.data(), static_cast<std::size_t>(options.sweeps),
                                 kept};
  const std::uint64_t step_key = mix64(mix64(options.seed) ^ mix64(step));
  const std::vector<std::uint32_t> order = longest_first(batch);
  std::vector<Workspace> spaces(static_cast<std::size_t>(parallel.threads()), Workspace(topics));
  const auto sample = [&](std::size_t begin, std::size_t end, int thread) {
    Workspace& space = spaces[static_cast<std::size_t>(thread)];
    for (std::size_t at = begin; at < end; ++at) {
      const std::uint32_t doc = order[at];
      const std::size_t first = batch.doc_begin[doc];
      const std::size_t n = batch.doc_begin[doc + 1] - first;
      space.words.resize(n);
      space.tokens.resize(n);
      for (std::size_t i = 0; i < n; ++i) {
        space.words[i] = batch.words[batch.entry_word[first + i]];
        space.tokens[i] = static_cast<std::uint32_t>(batch.entry_count[first + i]);
      }
      const float* const* rows = nullptr;
      if (const DocumentSamples* own = remembered(doc)) {
        rows = space.leave_out
                   .rows(*own, memory.log_shrunk, kept, space.words.data(), space.tokens.data(), n,
                         alpha.data(), tables.log_shift(), space.smoothing)
                   .data();
      } else {
        space.rows.resize(n);
        space.smoothing.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
          const std::uint32_t word = batch.entry_word[first + i];
          space.rows[i] = samples.rows.data() + std::size_t{word} * stride;
          space.smoothing[i] = smoothing[word];
        }
        rows = space.rows.data();
      }
      if (space.packed.size() < n * kPackedFloats) space.packed.resize(n * kPackedFloats);
      space.assigned.resize(samples.entry_begin[first + n] - samples.entry_begin[first]);

      SamplingTask task;
      task.n = n;
      task.rows = rows;
      task.smoothing = space.smoothing.data();
      task.tokens = space.tokens.data();
      task.key = RandomStream(step_key, RandomPurpose::kSampling, batch.doc_number[doc]).next();
      task.samples = samples.topics.data() + kept * samples.entry_begin[first];
      task.scratch = {space.topic.data(), space.count.data(),    space.weight.data(),
                      space.place.data(), space.assigned.data(), space.packed.data()};
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

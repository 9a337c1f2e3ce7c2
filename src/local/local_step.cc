#include "local/local_step.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/prefetch.h"
#include "local/slow_entries.h"
#include "local/wide_document.h"
#include "math/digamma.h"
#include "minibatch/longest_first.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kRowChunk = 32;  // words prepared by one thread at a time
constexpr std::size_t kDocChunk = 4;   // documents fitted by one thread, two at a time

// Floats that the packed columns of a document may take: what stays in a core's own cache.
constexpr std::size_t kMostPacked = std::size_t{1} << 19;

struct Workspace {
  std::vector<const float*> rows;
  std::vector<const float*> m_rows;
  std::vector<float> eta_bars;
  AlignedVector<float> counts;
  AlignedVector<float> ratio;
  AlignedVector<float> dots;
  AlignedVector<float> topics;
  std::vector<std::uint32_t> live;
  std::vector<const float*> live_rows;
  AlignedVector<float> packed;
  SlowEntries slow;
  std::uint64_t iterations = 0;
  std::uint64_t multiply_adds = 0;

  explicit Workspace(std::size_t stride)
      : topics(kScratchRows * stride), live(stride), live_rows(stride) {
    slow.stride = stride;
  }
  // Room for a document of n entries, padded.
  void resize(std::size_t n) {
    const std::size_t padded = (n + kWordPad - 1) / kWordPad * kWordPad;
    rows.resize(padded);
    m_rows.resize(padded);
    eta_bars.resize(padded);
    counts.resize(padded);
    ratio.resize(padded);
    dots.resize(padded);
    const std::size_t wanted = std::min(kMostPacked, padded * (live.size() / kLiveShare));
    if (packed.size() < wanted) packed.resize(wanted);
  }
  DocumentScratch scratch() {
    return {topics.data(), live.data(), live_rows.data(), packed.data(), packed.size()};
  }
};

// Gathers the slow entries of all threads in the order of the minibatch.
void merge_slow(const std::vector<Workspace>& spaces, Responsibilities& to) {
  struct Place {
    std::uint32_t entry;
    const float* phi;
  };
  std::vector<Place> places;
  for (const Workspace& space : spaces) {
    for (std::size_t i = 0; i < space.slow.entry.size(); ++i) {
      places.push_back({space.slow.entry[i], space.slow.phi.data() + i * to.stride});
    }
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.entry < b.entry; });
  to.slow_entry.resize(places.size());
  to.slow_phi.resize(places.size() * to.stride);
  for (std::size_t i = 0; i < places.size(); ++i) {
    to.slow_entry[i] = places[i].entry;
    std::copy_n(places[i].phi, to.stride, to.slow_phi.data() + i * to.stride);
  }
}

}  // namespace

TopicTables::TopicTables(LocalMethod method, const Topics& topics, const Hyperparameters& hyper)
    : num_topics_(topics.num_topics()),
      alpha_(topics.stride(), kSmallestParameter),
      factor_(topics.stride(), 0.0f),
      log_factor_(topics.stride(), -1e30f),
      scale_(static_cast<float>(topics.scale())) {
  std::vector<double> log_factor(num_topics_);
  for (std::uint32_t k = 0; k < num_topics_; ++k) {
    const double sum = topics.row_sums()[k];
    log_factor[k] = method == LocalMethod::kVb ? -digamma(sum) : -std::log(sum);
  }
  log_shift_ = *std::max_element(log_factor.begin(), log_factor.end());
  for (std::uint32_t k = 0; k < num_topics_; ++k) {
    alpha_[k] = static_cast<float>(hyper.alpha[k]);
    factor_[k] = static_cast<float>(std::exp(log_factor[k] - log_shift_));
    log_factor_[k] = static_cast<float>(log_factor[k] - log_shift_);
  }
}

TopicContext TopicTables::context(const LocalStepOptions& options) const {
  TopicContext context;
  context.num_topics = num_topics_;
  context.stride = alpha_.size();
  context.alpha = alpha_.data();
  context.topic_factor = factor_.data();
  context.log_topic_factor = log_factor_.data();
  context.scale = scale_;
  context.max_iterations = options.max_iterations;
  context.tolerance = static_cast<float>(options.tolerance);
  return context;
}

void prepare_rows(LocalMethod method, const Minibatch& batch, const Topics& topics,
                  const TopicContext& context, const Parallel& parallel, AlignedVector<float>& rows,
                  std::vector<float>& start_dots) {
  const std::size_t stride = topics.stride();
  rows.resize(batch.num_words() * stride);
  start_dots.resize(batch.num_words());
  parallel.for_chunks(
      batch.num_words(), kRowChunk,
      [&](std::size_t begin, std::size_t end, int) {
        const float* block[kRowChunk];
        for (std::size_t i = begin; i < end; ++i) {
          if (i + kPrefetchDistance < end) {
            prefetch_row(topics.row(batch.words[i + kPrefetchDistance]), stride);
          }
          const float* m = topics.row(batch.words[i]);
          const auto eta_bar = static_cast<float>(topics.eta_bar(batch.words[i]));
          float* row = rows.data() + i * stride;
          if (method == LocalMethod::kVb) {
            exp_digamma_row(m, context.scale, eta_bar, stride, row);
          } else {
            lambda_row(m, context.scale, eta_bar, stride, row);
          }
          block[i - begin] = row;
        }
        // Whole blocks at a time; the last is filled up with its first row.
        float dots[kRowChunk];
        for (std::size_t i = end - begin; i < kRowChunk; ++i) block[i] = block[0];
        document_dots(block, end - begin, context.topic_factor, stride, dots);
        std::copy_n(dots, end - begin, start_dots.data() + begin);
      },
      std::nullopt, Schedule::kByRange);
}

void local_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
                const LocalStepOptions& options, const Parallel& parallel,
                Responsibilities& responsibilities, std::optional<BesideTasks> beside) {
  const std::size_t stride = topics.stride();
  Responsibilities& out = responsibilities;
  out.stride = stride;
  out.gamma.resize(batch.num_docs() * stride);
  out.etheta.resize(batch.num_docs() * stride);
  out.ratio.resize(batch.num_entries());
  const TopicTables tables(options.method, topics, hyper);
  const TopicContext context = tables.context(options);
  const auto num_topics = static_cast<float>(context.num_topics);
  const bool starts_alike = !options.warm_start &&
                            std::all_of(hyper.alpha.begin(), hyper.alpha.end(),
                                        [&](double alpha) { return alpha == hyper.alpha.front(); });
  std::vector<float> start_dots;
  const Clock::time_point rows_began = Clock::now();
  prepare_rows(options.method, batch, topics, context, parallel, out.rows, start_dots);
  out.work.row_seconds = seconds_since(rows_began);

  const std::vector<std::uint32_t> order = longest_first(batch);
  // Two documents at a time on each thread.
  std::vector<Workspace> spaces(2 * static_cast<std::size_t>(parallel.threads()),
                                Workspace(stride));
  const auto length = [&](std::uint32_t doc) -> std::size_t {
    return batch.doc_begin[doc + 1] - batch.doc_begin[doc];
  };
  const auto task_of = [&](std::uint32_t doc, Workspace& space) {
    const std::uint32_t first = batch.doc_begin[doc];
    const std::size_t n = length(doc);
    space.resize(n);
    float tokens = 0.0f;
    for (std::size_t i = 0; i < space.rows.size(); ++i) {
      // Padding repeats the first row with count 0: its ratio is 0 and adds nothing.
      const std::size_t e = first + (i < n ? i : 0);
      const std::uint32_t word = batch.entry_word[e];
      space.rows[i] = out.rows.data() + std::size_t{word} * stride;
      space.m_rows[i] = topics.row(batch.words[word]);
      space.eta_bars[i] = static_cast<float>(topics.eta_bar(batch.words[word]));
      space.counts[i] = i < n ? batch.entry_count[e] : 0.0f;
      space.dots[i] = start_dots[word];
      tokens += space.counts[i];
    }
    float* gamma = out.gamma.data() + doc * stride;
    if (!options.warm_start) {
      for (std::size_t k = 0; k < stride; ++k) {
        gamma[k] = context.alpha[k] + (k < context.num_topics ? tokens / num_topics : 0.0f);
      }
    }
    space.slow.task_begin = space.slow.entry.size();
    space.slow.first_entry = first;

    DocumentTask task;
    task.n = n;
    task.rows = space.rows.data();
    task.m_rows = space.m_rows.data();
    task.eta_bars = space.eta_bars.data();
    task.counts = space.counts.data();
    task.gamma = gamma;
    task.etheta = out.etheta.data() + doc * stride;
    task.ratio = space.ratio.data();
    task.dots = space.dots.data();
    task.dots_given = starts_alike;
    task.scratch = space.scratch();
    task.slow = space.slow.sink();
    return task;
  };
  const auto keep = [&](std::uint32_t doc, const DocumentOutcome& outcome, Workspace& space) {
    if (!outcome.finite) {
      throw Error(ErrorKind::kNumeric,
                  "document " + std::to_string(batch.doc_number[doc]) +
                      ": its topic proportions are not finite",
                  "raise --alpha or --eta; if they are above 1e-6, please report this");
    }
    std::copy_n(space.ratio.data(), length(doc), out.ratio.data() + batch.doc_begin[doc]);
    space.iterations += static_cast<std::uint64_t>(outcome.iterations);
    space.multiply_adds += outcome.multiply_adds;
  };
  std::size_t wide = 0;  // documents at the head of the order that all threads share
  while (wide < order.size() && is_wide(length(order[wide]), stride)) ++wide;
  const auto fit = [&](std::size_t begin, std::size_t end, int thread) {
    Workspace* pair = &spaces[2 * static_cast<std::size_t>(thread)];
    for (std::size_t place = begin; place < end; place += 2) {
      const std::uint32_t* docs = order.data() + wide + place;
      const std::size_t count = std::min<std::size_t>(2, end - place);
      DocumentTask tasks[2];
      DocumentOutcome outcomes[2];
      for (std::size_t i = 0; i < count; ++i) tasks[i] = task_of(docs[i], pair[i]);
      infer_documents(options.method, context, tasks, count, outcomes);
      for (std::size_t i = 0; i < count; ++i) keep(docs[i], outcomes[i], pair[i]);
    }
  };
  const Clock::time_point documents_began = Clock::now();
  for (std::size_t place = 0; place < wide; ++place) {
    const DocumentTask task = task_of(order[place], spaces[0]);
    keep(order[place], infer_wide_document(options.method, context, task, parallel), spaces[0]);
  }
  parallel.for_chunks(order.size() - wide, kDocChunk, fit, beside);
  out.work.document_seconds = seconds_since(documents_began);
  out.work.iterations = 0;
  out.work.multiply_adds = 0;
  for (const Workspace& space : spaces) {
    out.work.iterations += space.iterations;
    out.work.multiply_adds += space.multiply_adds;
  }
  merge_slow(spaces, out);
  out.work.slow_entries = out.slow_entry.size();
}

}  // namespace svi_lda

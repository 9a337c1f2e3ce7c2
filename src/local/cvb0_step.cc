#include "local/cvb0_step.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fp_mode.h"
#include "local/cvb0_kernel.h"
#include "local/local_step.h"
#include "local/mean_rows.h"
#include "minibatch/longest_first.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocChunk = 4;  // documents fitted by one thread at a time

// Entries that are summed up by themselves, in every document: which thread does a range does not
// matter, and no long chain of additions loses digits.
constexpr std::size_t kRange = 256;
static_assert(kRange % kRowBlock == 0);

// Floats of phi from which on a document is fitted by all threads, before the others: so no thread
// but one at a time holds more.
constexpr std::size_t kSharedFloats = std::size_t{1} << 22;

// Multiplications with an addition that an iteration takes for an entry and a topic: phi taken
// away, alpha added and times the row, the sum over topics, the sum over entries.
constexpr std::uint64_t kMultiplyAdds = 4;

// Memory to fit a document in.
struct Workspace {
  std::vector<const float*> rows;
  AlignedVector<float> counts;
  AlignedVector<float> weight;
  AlignedVector<float> inverse;
  AlignedVector<float> normalizer;
  AlignedVector<float> ratio;
  AlignedVector<float> sums;
  AlignedVector<float> topic_counts;
  std::uint64_t iterations = 0;
  std::uint64_t multiply_adds = 0;

  static std::size_t padded(std::size_t n) { return (n + kRowBlock - 1) / kRowBlock * kRowBlock; }
  static std::size_t ranges(std::size_t n) { return (n + kRange - 1) / kRange; }

  void resize(std::size_t n, std::size_t stride) {
    rows.resize(padded(n));
    for (AlignedVector<float>* values : {&counts, &inverse, &normalizer, &ratio}) {
      values->resize(padded(n));
    }
    weight.resize(padded(n) * stride);
    sums.resize(ranges(n) * stride);
    topic_counts.resize(stride);
  }
  Cvb0Entries range(std::size_t r, std::size_t n, std::size_t stride) {
    const std::size_t begin = r * kRange;
    return {std::min(kRange, n - begin), rows.data() + begin, counts.data() + begin,
            weight.data() + begin * stride, inverse.data() + begin};
  }
};

// The document that a workspace was filled with.
class DocumentFit {
 public:
  DocumentFit(Workspace& space, std::size_t n, const TopicContext& context, const float* alpha)
      : space_(space), n_(n), context_(context), alpha_(alpha) {}

  // for_ranges(count, body) calls body(r) for each r < count, in any order. False where gamma
  // [stride], or a factor of phi, is not finite.
  template <class ForRanges>
  bool run(const ForRanges& for_ranges, float* gamma) {
    const std::size_t stride = context_.stride;
    const std::size_t ranges = Workspace::ranges(n_);
    const auto num_topics = static_cast<float>(context_.num_topics);
    float* topic_counts = space_.topic_counts.data();
    float tokens = 0.0f;
    for (std::size_t i = 0; i < n_; ++i) tokens += space_.counts[i];
    for (std::size_t k = 0; k < stride; ++k) {
      topic_counts[k] = k < context_.num_topics ? tokens / num_topics : 0.0f;
    }
    float start_phi = 1.0f / num_topics;
    for (int iteration = 1;; ++iteration, start_phi = 0.0f) {
      for_ranges(ranges, [&](std::size_t r) {
        cvb0_iteration(space_.range(r, n_, stride), alpha_, topic_counts, start_phi, stride,
                       space_.sums.data() + r * stride);
      });
      const float change = cvb0_advance(space_.sums.data(), ranges, stride, topic_counts);
      ++space_.iterations;
      space_.multiply_adds += kMultiplyAdds * Workspace::padded(n_) * stride;
      if (!(change < 1e30f)) return false;
      if (change < context_.tolerance * num_topics || iteration >= context_.max_iterations) break;
    }
    for (std::size_t k = 0; k < stride; ++k) gamma[k] = alpha_[k] + topic_counts[k];
    for_ranges(ranges, [&](std::size_t r) {
      const std::size_t begin = r * kRange;
      cvb0_factors(space_.range(r, n_, stride), gamma, stride, space_.normalizer.data() + begin,
                   space_.ratio.data() + begin);
    });
    return std::all_of(space_.ratio.begin(), space_.ratio.begin() + static_cast<std::ptrdiff_t>(n_),
                       [](float ratio) { return ratio >= 0.0f && ratio < 1e37f; });
  }

 private:
  Workspace& space_;
  std::size_t n_;
  const TopicContext& context_;
  const float* alpha_;
};

}  // namespace

void cvb0_step(const Minibatch& batch, const Topics& topics, const Hyperparameters& hyper,
               const Cvb0StepOptions& options, const Parallel& parallel,
               CorrectedResponsibilities& responsibilities, std::optional<BesideTasks> beside) {
  const std::size_t stride = topics.stride();
  CorrectedResponsibilities& out = responsibilities;
  out.stride = stride;
  out.gamma.resize(batch.num_docs() * stride);
  out.normalizer.resize(batch.num_entries());
  out.ratio.resize(batch.num_entries());

  const LocalStepOptions means{LocalMethod::kMeans, options.max_iterations, options.tolerance};
  const TopicTables tables(means.method, topics, hyper);
  const TopicContext context = tables.context(means);
  AlignedVector<float> alpha(stride, 0.0f);
  for (std::uint32_t k = 0; k < topics.num_topics(); ++k) {
    alpha[k] = static_cast<float>(hyper.alpha[k]);
  }
  std::vector<float> smoothing;
  const Clock::time_point rows_began = Clock::now();
  prepare_mean_rows(batch, topics, context, alpha.data(), parallel, out.rows, smoothing);
  out.work.row_seconds = seconds_since(rows_began);

  const std::vector<std::uint32_t> order = longest_first(batch);
  std::vector<Workspace> spaces(static_cast<std::size_t>(parallel.threads()));
  const auto length = [&](std::uint32_t doc) -> std::size_t {
    return batch.doc_begin[doc + 1] - batch.doc_begin[doc];
  };
  const auto fit = [&](std::uint32_t doc, Workspace& space, const auto& for_ranges) {
    const std::uint32_t first = batch.doc_begin[doc];
    const std::size_t n = length(doc);
    float* gamma = out.gamma.data() + doc * stride;
    if (n == 0) {
      std::copy_n(alpha.data(), stride, gamma);
      return;
    }
    space.resize(n, stride);
    for (std::size_t i = 0; i < space.rows.size(); ++i) {
      const std::size_t e = first + (i < n ? i : 0);
      space.rows[i] = out.rows.data() + std::size_t{batch.entry_word[e]} * stride;
      space.counts[i] = i < n ? batch.entry_count[e] : 0.0f;
    }
    if (!DocumentFit(space, n, context, alpha.data()).run(for_ranges, gamma)) {
      throw Error(ErrorKind::kNumeric,
                  "document " + std::to_string(batch.doc_number[doc]) +
                      ": its topic proportions are not finite",
                  "raise --alpha or --eta; if they are above 1e-6, please report this");
    }
    std::copy_n(space.normalizer.data(), n, out.normalizer.data() + first);
    std::copy_n(space.ratio.data(), n, out.ratio.data() + first);
  };

  const Clock::time_point documents_began = Clock::now();
  std::size_t shared = 0;  // documents at the head of the order that all threads share
  for (; shared < order.size() && length(order[shared]) * stride >= kSharedFloats; ++shared) {
    const FlushSubnormals flush;  // as in the parallel regions
    Workspace space;
    fit(order[shared], space, [&](std::size_t ranges, const auto& body) {
      parallel.for_chunks(
          ranges, 1, [&](std::size_t r, std::size_t, int) { body(r); }, std::nullopt,
          Schedule::kByRange);
    });
    spaces[0].iterations += space.iterations;
    spaces[0].multiply_adds += space.multiply_adds;
  }
  parallel.for_chunks(
      order.size() - shared, kDocChunk,
      [&](std::size_t begin, std::size_t end, int thread) {
        for (std::size_t place = begin; place < end; ++place) {
          fit(order[shared + place], spaces[static_cast<std::size_t>(thread)],
              [](std::size_t ranges, const auto& body) {
                for (std::size_t r = 0; r < ranges; ++r) body(r);
              });
        }
      },
      beside);
  out.work.document_seconds = seconds_since(documents_began);
  out.work.iterations = 0;
  out.work.multiply_adds = 0;
  for (const Workspace& space : spaces) {
    out.work.iterations += space.iterations;
    out.work.multiply_adds += space.multiply_adds;
  }
}

}  // namespace svi_lda

#include "app/automatic.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "app/alpha_option.h"
#include "app/eta_option.h"
#include "app/expectation_step.h"
#include "app/inference_method.h"
#include "app/maximization_step.h"
#include "app/stream_option.h"
#include "model/sample_memory.h"

namespace svi_lda {
namespace {

// A pass over D documents then takes about sqrt(D) steps of sqrt(D) documents: small corpora get
// enough steps a pass, large ones statistics with little noise.
constexpr double kBatchFactor = 1.5;
constexpr double kLeastBatch = 32.0;
constexpr double kMostBatch = 4096.0;

// By then lambda has settled, for a step size that falls as t^-0.6; but each document must be seen
// a few times with topics that know its words.
constexpr double kSteps = 2500.0;
constexpr double kFewestPasses = 5.0;
constexpr double kMostPasses = 60.0;

// Where held-out perplexity may end a run before: the most that it may take.
constexpr double kMostSteps = 4000.0;
constexpr double kMostSettlingPasses = 100.0;

// The share of the documents held out to see when to stop.
constexpr double kSlice = 0.02;

// Coordinate ascent: a pass of batch needs minibatches only to bound memory; incremental takes this
// many blocks, whose statistics it keeps. On two corpora 4 to 100 blocks came to perplexities
// within 2% and bounds within 0.5% of each other; few cost less time and memory.
constexpr double kBlocks = 10.0;
constexpr std::int64_t kMostAscentPasses = 1000;  // where the corpus bound does not settle before

// Bytes of samples to remember, so that documents can be left out of the topics that they are
// sampled with. What a document says of its own words matters less the more documents there are:
// leaving it out was worth 3% of perplexity with 2,000, 0.3% with 95,000.
constexpr double kMostRemembered = 64e6;

}  // namespace

bool has_automatic_slice(const TrainOptions& options) {
  return options.least_gain > 0.0 && options.held_out.empty() &&
         options.held_out_fraction == kSlice;
}

void resolve_stopping(TrainOptions& options) {
  const InferenceMethod method = method_of(options);
  const bool held_out = !options.held_out.empty() || options.held_out_fraction > 0.0;
  if (options.passes != 0 || is_coordinate_ascent(method) || is_stream(options) ||
      (!held_out && options.corpus_size != 0)) {
    options.least_gain = 0.0;
  }
  if (options.least_gain > 0.0 && !held_out) options.held_out_fraction = kSlice;
}

void resolve_automatic(TrainOptions& options, double docs) {
  const InferenceMethod method = method_of(options);
  resolve_alpha(options);
  if (options.batch_size == 0) {
    const double suits = method == InferenceMethod::kBatch         ? docs
                         : method == InferenceMethod::kIncremental ? std::ceil(docs / kBlocks)
                                                                   : kBatchFactor * std::sqrt(docs);
    options.batch_size = static_cast<std::int64_t>(std::clamp(suits, kLeastBatch, kMostBatch));
  }
  if (options.inner_iterations == 0)
    options.inner_iterations = method == InferenceMethod::kVb ? 100 : 10;
  resolve_shuffle_buffer(options);
  if (is_stream(options)) return;
  if (options.passes == 0 && is_coordinate_ascent(method)) options.passes = kMostAscentPasses;
  if (options.passes == 0) {
    const double steps = std::ceil(docs / static_cast<double>(options.batch_size));
    options.passes = static_cast<std::int64_t>(
        options.least_gain > 0.0
            ? std::clamp(std::ceil(kMostSteps / steps), 2.0 * kFewestPasses, kMostSettlingPasses)
            : std::clamp(std::ceil(kSteps / steps), kFewestPasses, kMostPasses));
  }
}

void resolve_by_tokens(TrainOptions& options, double docs, double tokens, double vocab_size) {
  resolve_eta(options, tokens, vocab_size);
  if (options.leave_out != "auto") return;
  const bool possible = is_sampled(method_of(options)) && options.corpus_size == 0 &&
                        options.topics <= kMostRememberedTopics;
  const bool small = sample_bytes(options, docs, tokens) <= kMostRemembered;
  options.leave_out = possible && small ? "on" : "off";
}

namespace {

std::string plan_of_stream(const TrainOptions& options, double docs) {
  const std::uint64_t buffer = shuffle_buffer_docs(options);
  return fmt::format(
      "a stream of about {:.0f} documents, {} topics: {}; each document once, {}, minibatches of "
      "{}, {}, {}",
      docs, options.topics,
      options.inference == "auto" ? fmt::format("cvb0, gibbs from document {:.0f} on", docs + 1.0)
                                  : options.inference,
      buffer > 1 ? fmt::format("drawn from a buffer of {}", buffer) : std::string("as they come"),
      options.batch_size, describe_alpha(options), describe_eta(options));
}

}  // namespace

std::string plan_of(const TrainOptions& options, double docs) {
  if (is_stream(options)) return plan_of_stream(options, docs);
  const std::uint64_t sorting = passes_by_cvb0(options, docs);
  const std::string method =
      options.inference != "auto"
          ? options.inference
          : fmt::format("{} by cvb0, then gibbs",
                        sorting == 1 ? "a pass" : fmt::format("{} passes", sorting));
  const bool may_settle = is_coordinate_ascent(method_of(options)) && options.bound_tolerance > 0.0;
  return fmt::format(
      "{:.0f} documents, {} topics: {}; {}{} passes, minibatches of {}, {}, "
      "{}",
      docs, options.topics, method,
      may_settle                 ? "until the corpus bound settles, at most "
      : options.least_gain > 0.0 ? "until held-out perplexity settles, at most "
                                 : "",
      options.passes, options.batch_size, describe_alpha(options), describe_eta(options));
}

}  // namespace svi_lda

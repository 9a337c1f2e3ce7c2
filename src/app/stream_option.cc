#include "app/stream_option.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace svi_lda {
namespace {

constexpr std::uint64_t kBufferDocs = 10000;

constexpr double kReportsInStream = 20.0;
constexpr double kSizeTolerance = 0.2;

}  // namespace

bool is_stream(const TrainOptions& options) {
  return options.corpus == "-" && options.further_corpora.empty() && options.corpus_size > 0 &&
         options.passes == 0;
}

std::optional<ShuffleBufferSize> parse_shuffle_buffer(const std::string& text) {
  if (text == "auto") return ShuffleBufferSize{true, 0};
  ShuffleBufferSize size;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, size.docs);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return size;
}

void resolve_shuffle_buffer(TrainOptions& options) {
  const auto size = parse_shuffle_buffer(options.shuffle_buffer);
  if (!size || !size->automatic) return;
  const bool as_they_come = options.corpus_size > 0 && options.order == "shuffled";
  options.shuffle_buffer = std::to_string(as_they_come ? kBufferDocs : 0);
}

Interval report_interval(const TrainOptions& options) {
  const Interval interval = parse_interval(options.report_every).value_or(Interval{});
  if (interval.unit != Interval::Unit::kPass || !is_stream(options)) return interval;
  return {Interval::Unit::kDocs,
          std::ceil(std::max(static_cast<double>(options.corpus_size) / kReportsInStream,
                             static_cast<double>(options.batch_size)))};
}

void warn_of_size(const TrainOptions& options, std::uint64_t docs) {
  const double ratio = static_cast<double>(docs) / static_cast<double>(options.corpus_size);
  if (std::abs(ratio - 1.0) <= kSizeTolerance) return;
  spdlog::warn(
      "the stream had {} documents, --corpus-size said {}: lambda counts words as of the latter, "
      "{:.2g} times what there was",
      docs, options.corpus_size, 1.0 / ratio);
}

std::uint64_t shuffle_buffer_docs(const TrainOptions& options) {
  return parse_shuffle_buffer(options.shuffle_buffer).value_or(ShuffleBufferSize{}).docs;
}

}  // namespace svi_lda

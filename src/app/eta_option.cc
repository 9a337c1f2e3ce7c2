#include "app/eta_option.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "app/inference_method.h"
#include "app/number_file.h"
#include "app/parameter_range.h"

namespace svi_lda {
namespace {

// eta of a word over all topics: 1 is the unigram model's usual smoothing. It decides where there
// are few documents or many topics. 500 documents of two corpora with 5 topics: perplexity fell
// from 7291 to 6340 and from 2811 to 2458 when the sum rose from 0.05 to 1; 5,000 documents of
// 35,000 words with 1,000 topics: from 7363 to 5301 when it fell from 10 to 2, as topics that have
// few tokens are next to uniform with a large one (the unigram: 5654).
constexpr double kEtaSum = 1.0;

// Where there are few tokens, it is at most this share of them, each word having its part.
constexpr double kMostEtaShare = 0.5;

bool is_word(const std::string& text) {
  return text == "auto" || text == "symmetric" || text == "asymmetric";
}

double suits(const TrainOptions& options, double tokens, double vocab_size) {
  const double most = tokens > 0.0 ? kMostEtaShare * tokens / vocab_size : kEtaSum;
  return std::max(std::min(kEtaSum, most) / static_cast<double>(options.topics), kLeastParameter);
}

// Where nothing is said, eta is learned by coordinate ascent alone: there it pays, by other methods
// it does in short runs only, or (vb) nowhere (ARCHITECTURE.md, on the default).
bool is_learned_by_default(const TrainOptions& options) {
  return is_coordinate_ascent(method_of(options));
}

}  // namespace

bool is_eta_file(const std::string& eta) { return !is_word(eta) && !parse_real(eta); }

std::string eta_violation(const TrainOptions& options) {
  if (is_word(options.eta)) return {};
  const std::optional<double> value = parse_real(options.eta);
  if (value ? is_parameter(*value) : !options.eta.empty() && options.eta != "-") return {};
  return "--eta '" + options.eta +
         "': must be a number in [1e-8, 1000], a file of one for each word, auto for what suits K, "
         "or symmetric or asymmetric to learn it";
}

void resolve_eta(TrainOptions& options, double tokens, double vocab_size) {
  if (options.eta == "auto") {
    options.eta = is_learned_by_default(options)
                      ? "symmetric"
                      : fmt::format("{}", suits(options, tokens, vocab_size));
  }
  if (const auto value = parse_real(options.eta)) options.eta = fmt::format("{}", *value);
}

StartEta start_eta(const TrainOptions& options, double tokens, std::size_t vocab_size) {
  if (const std::optional<double> value = parse_real(options.eta)) return {*value, {}};
  if (!is_eta_file(options.eta)) {
    return {suits(options, tokens, static_cast<double>(vocab_size)), {}};
  }
  StartEta eta;
  eta.words = read_numbers(
      options.eta, {"eta", "word", vocab_size,
                    "--eta takes auto, symmetric, asymmetric, a number, or a file of numbers"});
  eta.each = std::accumulate(eta.words.begin(), eta.words.end(), 0.0) /
             static_cast<double>(eta.words.size());
  return eta;
}

EtaLearning eta_learning(const TrainOptions& options) {
  return options.eta == "symmetric"    ? EtaLearning::kSymmetric
         : options.eta == "asymmetric" ? EtaLearning::kAsymmetric
                                       : EtaLearning::kNone;
}

bool has_eta_per_word(const TrainOptions& options) {
  return options.eta == "asymmetric" || is_eta_file(options.eta);
}

std::string describe_eta(const TrainOptions& options) {
  if (eta_learning(options) != EtaLearning::kNone) return options.eta + " eta learned";
  if (is_eta_file(options.eta)) return "eta from " + options.eta;
  return fmt::format("eta {:.4g}", parse_real(options.eta).value_or(0.0));
}

}  // namespace svi_lda

#include "app/alpha_option.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>

#include "app/inference_method.h"
#include "app/number_file.h"

namespace svi_lda {
namespace {

// alpha of a topic, and the most that all topics together may weigh, in tokens a document: 5 is
// where three corpora had their least perplexity, or within 0.3% of it, with sums of 1, 2, 5 and 10
// (ARCHITECTURE.md, on the default).
constexpr double kAlpha = 0.1;
constexpr double kMostAlphaSum = 5.0;

double suits(std::int64_t topics) {
  return std::min(kAlpha, kMostAlphaSum / static_cast<double>(topics));
}

// The numbers of "0.1" or "0.1,0.2,0.3"; none where a part is no number.
std::vector<double> parse_list(std::string_view text) {
  std::vector<double> values;
  for (;;) {
    const std::size_t comma = text.find(',');
    const std::optional<double> value = parse_real(text.substr(0, comma));
    if (!value) return {};
    values.push_back(*value);
    if (comma == std::string_view::npos) return values;
    text.remove_prefix(comma + 1);
  }
}

// The inverse: the shortest text of each that reads back as the same number.
std::string list_text(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) {
    if (!text.empty()) text.push_back(',');
    text.append(fmt::format("{}", value));
  }
  return text;
}

// Where nothing is said, vb learns alpha, which pays on all of four corpora. Sampling learns the
// topics' shares of a fixed sum: with the sum learned too it loses in long runs, with equal alpha
// the subjects that most documents have are cut into topics that are alike (ARCHITECTURE.md, on the
// default).
std::string by_default(const TrainOptions& options) {
  switch (method_of(options)) {
    case InferenceMethod::kVb:
      return "asymmetric";
    case InferenceMethod::kAuto:
    case InferenceMethod::kGibbs:
      return options.topics > 1 ? "shares" : list_text({suits(options.topics)});
    default:
      return list_text({suits(options.topics)});
  }
}

bool is_word(const std::string& text) {
  return text == "auto" || text == "symmetric" || text == "asymmetric" || text == "shares";
}

}  // namespace

std::string alpha_violation(const TrainOptions& options) {
  if (is_word(options.alpha)) return {};
  const std::vector<double> values = parse_list(options.alpha);
  if (values.empty() && !options.alpha.empty() && options.alpha != "-") return {};  // a file
  const bool count_fits =
      values.size() == 1 || static_cast<std::int64_t>(values.size()) == options.topics;
  if (count_fits && std::all_of(values.begin(), values.end(), is_parameter)) return {};
  return "--alpha '" + options.alpha +
         "': must be a number in [1e-8, 1000], one for each topic with commas between, a file of "
         "them, auto for what suits K, or symmetric, asymmetric or shares to learn it";
}

void read_alpha(TrainOptions& options) {
  if (is_word(options.alpha)) return;
  std::vector<double> values = parse_list(options.alpha);
  if (values.empty()) {
    values = read_numbers(
        options.alpha,
        {"alpha", "topic", static_cast<std::size_t>(options.topics),
         "--alpha takes auto, symmetric, asymmetric, shares, a number, or a file of numbers"});
  }
  options.alpha = list_text(values);
}

void resolve_alpha(TrainOptions& options) {
  if (options.alpha != "auto") return;
  options.alpha = by_default(options);
}

std::vector<double> start_alpha(const TrainOptions& options) {
  std::vector<double> values = parse_list(options.alpha);
  if (values.empty()) values.push_back(suits(options.topics));
  if (values.size() == 1) values.resize(static_cast<std::size_t>(options.topics), values.front());
  return values;
}

AlphaLearning alpha_learning(const TrainOptions& options) {
  return options.alpha == "symmetric"    ? AlphaLearning::kSymmetric
         : options.alpha == "asymmetric" ? AlphaLearning::kAsymmetric
         : options.alpha == "shares"     ? AlphaLearning::kShares
                                         : AlphaLearning::kNone;
}

std::string describe_alpha(const TrainOptions& options) {
  const std::vector<double> alpha = start_alpha(options);
  if (alpha_learning(options) == AlphaLearning::kShares) {
    return fmt::format("alpha {:.4g} and learned shares of its sum", alpha.front());
  }
  if (alpha_learning(options) != AlphaLearning::kNone) {
    return fmt::format("{} alpha learned from {:.4g} on", options.alpha, alpha.front());
  }
  if (std::all_of(alpha.begin(), alpha.end(), [&](double a) { return a == alpha.front(); })) {
    return fmt::format("alpha {:.4g}", alpha.front());
  }
  return fmt::format("alpha from {:.4g} to {:.4g}, {:.4g} in all",
                     *std::min_element(alpha.begin(), alpha.end()),
                     *std::max_element(alpha.begin(), alpha.end()),
                     std::accumulate(alpha.begin(), alpha.end(), 0.0));
}

}  // namespace svi_lda
